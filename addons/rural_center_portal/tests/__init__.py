from . import test_estimate
from . import test_isolation_calls
from . import test_isolation_pages
from . import test_notices
from . import test_orders
from . import test_pages
from . import test_recommendations
from . import test_statements
