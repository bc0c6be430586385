from . import rural_terminal_fee_charge
from . import rural_merchant_statement_prepare
from . import rural_merchant_statement_confirm
from . import rural_merchant_statement_post
