from . import (
    rural_export,
    rural_load_profile_station_inspections,
    rural_load_run,
    rural_station,
    rural_station_assessment,
    rural_station_inspection,
)
