from . import rural_assessment_prepare
from . import rural_assessment_post
from . import rural_penalty_case_decide
from . import rural_penalty_case_answer
