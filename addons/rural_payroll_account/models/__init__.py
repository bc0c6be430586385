from . import res_company
from . import hr_salary_rule
from . import hr_closed_payslip
from . import hr_payslip
from . import hr_payslip_run
from . import hr_payslip_run_posting
from . import account_move
from . import account_move_line
