from . import rural_application_attempt
