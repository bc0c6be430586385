from . import rural_assessment_demo
from . import rural_assessment_demo_year
