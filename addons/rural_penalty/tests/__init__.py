from . import test_access, test_any_party
