from . import rural_station_ranking_publish
