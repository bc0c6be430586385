from . import rural_load_wizard
