from . import (
    account_move,
    account_move_line,
    account_payment,
    res_company,
    rural_deposit,
    rural_deposit_kind,
    rural_deposit_movement,
    rural_deposit_movement_posting,
    rural_deposit_movement_steps,
    rural_deposit_purpose,
    rural_deposit_request,
)
