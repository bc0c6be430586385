from . import rural_assessment_xlsx
