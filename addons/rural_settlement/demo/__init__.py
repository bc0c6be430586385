from . import rural_settlement_demo
