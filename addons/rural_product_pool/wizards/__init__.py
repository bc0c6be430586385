from . import rural_pool_entry_change
from . import base_partner_merge
