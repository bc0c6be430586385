from . import rural_bonus_demo
