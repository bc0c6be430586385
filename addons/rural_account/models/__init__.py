from . import account_move, account_move_line, account_payment, res_company, rural_payable_document
from . import period_document
