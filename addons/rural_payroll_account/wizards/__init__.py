from . import rural_payslip_run_post
