from . import rural_penalty_violation
from . import penalty_case
from . import rural_deposit
