from . import rural_bonus_run_xlsx
