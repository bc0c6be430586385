from . import res_company
from . import rural_station
from . import rural_station_area
from . import rural_station_notice
from . import rural_station_closing_day
from . import area_overview
from . import public_ranking
