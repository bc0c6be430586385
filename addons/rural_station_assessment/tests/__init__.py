from . import test_examples, test_inspections, test_monthly_form, test_telephone
