from . import rural_assessment_prepare
from . import rural_assessment_post
from . import rural_penalty_decision
from . import rural_penalty_acceptance
from . import rural_penalty_appeal
from . import rural_penalty_appeal_decision
from . import rural_penalty_cancel
