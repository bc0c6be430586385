from . import (
    common,
    test_access,
    test_accounting,
    test_comparison,
    test_deposit,
    test_printing,
    test_random_movements,
    test_refund,
    test_rules,
    test_steps,
)
