from . import rural_pool_rate_change
from . import base_partner_merge
