from . import rural_merchant_drop
from . import rural_merchant_transfer
from . import rural_terminal_removal
