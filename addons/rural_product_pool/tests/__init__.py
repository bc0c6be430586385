from . import test_access
from . import test_load_pool
from . import test_pool_entry
from . import test_supplier
