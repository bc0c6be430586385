from . import (
    dated_mixin,
    explanation_mixin,
    order_facts_mixin,
    rural_clause,
    rural_command,
    rural_home_tile,
    rural_macro_region,
    rural_parameter,
    rural_parameter_value,
    rural_region,
    step_mixin,
)
