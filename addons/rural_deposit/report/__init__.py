from . import rural_deposit_receipt
