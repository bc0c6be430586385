from . import rural_assessment_prepare
from . import rural_assessment_post
<<<<<<< HEAD
from . import rural_penalty_decision
from . import rural_penalty_acceptance
from . import rural_penalty_appeal
from . import rural_penalty_appeal_decision
from . import rural_penalty_cancel
=======
from . import rural_assessment_cancel
from . import rural_penalty_case_decide
from . import rural_penalty_case_answer
>>>>>>> 2bc125b (wip2)
