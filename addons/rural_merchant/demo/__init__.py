from . import rural_merchant_demo
from . import rural_merchant_demo_history
