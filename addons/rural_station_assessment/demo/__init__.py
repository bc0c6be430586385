from . import rural_station_assessment_demo, rural_station_demo
