from . import account_move, account_move_line, account_partial_reconcile, account_payment
from . import period_document, res_company, rural_payable_document
