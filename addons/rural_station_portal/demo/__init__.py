from . import rural_station_demo
