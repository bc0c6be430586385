from . import (
    dated_mixin,
    day_state_mixin,
    document_mixin,
    explanation_mixin,
    files_mixin,
    month_mixin,
    rural_clause,
    rural_command,
    rural_document_kind,
    rural_home_tile,
    rural_lock,
    rural_macro_region,
    rural_parameter,
    rural_parameter_value,
    rural_region,
    step_mixin,
)
from . import request_mixin
