from . import test_access
from . import test_cross_region_report
from . import test_examples
from . import test_load_centers
from . import test_load_reports
from . import test_purchaser
from . import test_service_center
from . import test_service_code
