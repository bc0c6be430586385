from . import (
    rural_station_report,
    rural_station_report_figure,
    handing_in,
)
