from . import rural_line_acceptance_withdraw
