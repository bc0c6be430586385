from . import (
    test_access,
    test_examples,
    test_exit,
    test_inspections,
    test_monthly_form,
    test_results,
    test_telephone,
    test_violations,
)
