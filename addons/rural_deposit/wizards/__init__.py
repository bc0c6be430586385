from . import rural_deposit_movement_post
