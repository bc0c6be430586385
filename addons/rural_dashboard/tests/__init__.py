from . import test_turnover
from . import test_board
from . import test_area_board
from . import test_access
from . import test_station_board
