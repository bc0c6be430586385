from . import rural_bonus_demo
from . import rural_merchant_complaint_demo
