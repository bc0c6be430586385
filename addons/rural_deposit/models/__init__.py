from . import (
    account_move,
    account_payment,
    deposit_movement,
    exit_mixin,
    res_company,
    res_config_settings,
    res_partner,
    rural_deposit,
    rural_deposit_comparison,
    rural_deposit_kind,
    rural_deposit_purpose,
)
