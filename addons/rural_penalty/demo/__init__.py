from . import rural_penalty_demo
