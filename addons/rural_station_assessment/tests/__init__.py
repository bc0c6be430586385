from . import test_inspections
