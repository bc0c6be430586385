from . import china_time, deadlines, models
