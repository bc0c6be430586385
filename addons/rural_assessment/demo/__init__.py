from . import rural_assessment_demo
