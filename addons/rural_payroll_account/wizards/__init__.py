from . import hr_payslip_change_state
from . import rural_payslip_run_post
