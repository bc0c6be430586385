from . import (
    rural_load_profile_closing_days,
    rural_load_profile_stations,
    rural_load_run,
    rural_station,
    rural_station_area,
    rural_station_closing_day,
    rural_station_closure,
    rural_station_equipment,
    rural_station_hours,
)
