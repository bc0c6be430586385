from . import rural_statement_xlsx
