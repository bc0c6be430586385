from . import rural_bonus_to_payslips
from . import rural_bonus_trial
from . import rural_bonus_outlook
from . import rural_bonus_example
