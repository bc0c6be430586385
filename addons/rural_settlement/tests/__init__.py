from . import (
    test_access,
    test_adjustments,
    test_cancellation,
    test_clicks,
    test_command,
    test_disputes,
    test_histories,
    test_payment,
    test_posting,
    test_printing,
    test_rules,
    test_statements,
)
