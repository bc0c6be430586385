from . import rural_assessment_prepare
from . import rural_assessment_post
