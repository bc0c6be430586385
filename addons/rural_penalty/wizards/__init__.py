from . import rural_penalty_measure
from . import rural_penalty_case_decide
from . import rural_penalty_case_answer
