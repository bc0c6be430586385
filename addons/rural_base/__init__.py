from . import china_time, deadlines, file_types, models
