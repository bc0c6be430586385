from . import rural_merchant_settlement_demo
