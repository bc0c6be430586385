from . import rural_deposit_demo
