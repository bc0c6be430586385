from . import test_access
from . import test_differences
from . import test_posting
from . import test_rules
