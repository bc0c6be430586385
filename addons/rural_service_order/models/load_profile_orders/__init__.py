from . import load_profile_orders
from . import named_parties
