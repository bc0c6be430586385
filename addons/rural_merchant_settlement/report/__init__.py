from . import rural_merchant_statement_xlsx
