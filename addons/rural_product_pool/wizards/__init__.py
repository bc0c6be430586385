from . import rural_pool_rate_change
