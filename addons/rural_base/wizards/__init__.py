from . import rural_step_reason
