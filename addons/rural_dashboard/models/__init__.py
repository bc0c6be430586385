from . import rural_turnover
from . import rural_board
from . import rural_board_operator
from . import rural_board_area
from . import rural_board_station
