from . import test_assessment
from . import test_closing_days
from . import test_isolation
from . import test_notices
from . import test_orders
from . import test_pages
from . import test_report_pages
from . import test_public_ranking
