from . import rural_application_decision
