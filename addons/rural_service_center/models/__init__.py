from . import rural_purchaser
from . import rural_center_period
from . import rural_service_center
from . import rural_cross_region_report
from . import rural_load_run
from . import rural_load_profile_centers
from . import rural_load_profile_reports
