from . import (
    inspection,
    rural_export,
    rural_load_profile_station_inspections,
    rural_load_run,
    rural_station,
    rural_station_area,
    rural_station_assessment,
    rural_station_check_answer,
    rural_station_check_item,
    rural_station_inspection_month,
    rural_station_problem,
)
