from . import account_payment_register, period_document_confirm, posting_dialog
