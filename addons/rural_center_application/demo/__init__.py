from . import rural_application_demo
