from . import rural_load_run
from . import rural_load_issue
from . import rural_load_progress
from . import rural_load_staging
from . import rural_load_checks
from . import rural_load_ledger
from . import rural_load_profile
from . import rural_command
