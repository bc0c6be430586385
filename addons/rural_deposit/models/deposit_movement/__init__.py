from . import deposit_movement, posting, printing, request
