from . import (
    figures_mixin,
    rural_station_report,
    rural_station_report_figure,
    rural_station_day,
    rural_station_week,
    rural_station_month,
    handing_in,
    reminding,
)
