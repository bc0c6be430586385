from . import (
    report,
    rural_command,
    rural_export,
    rural_load_profile_station_entries,
    rural_load_profile_station_reports,
    rural_load_profile_station_rows,
    rural_load_run,
    rural_station,
    rural_station_elimination,
    rural_station_entry,
    rural_station_ranking,
    rural_station_service,
)
