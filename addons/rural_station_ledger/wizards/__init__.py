from . import rural_station_entry_advance
from . import rural_station_entry_begin
from . import rural_station_entry_change
from . import rural_station_entry_link
from . import rural_station_ranking_publish
