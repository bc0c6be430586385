from . import test_access
from . import test_closing_days
from . import test_equipment
from . import test_load_stations
