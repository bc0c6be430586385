from . import rural_payroll_posting
