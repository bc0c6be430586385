from . import rural_load_wizard
from . import base_partner_merge
