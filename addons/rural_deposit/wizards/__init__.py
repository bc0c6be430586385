from . import rural_deposit_movement_end, rural_deposit_posting
