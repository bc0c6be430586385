from . import rural_payroll_posting
from . import rural_payroll_cancellation
