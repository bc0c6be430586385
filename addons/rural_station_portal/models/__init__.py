from . import rural_station
