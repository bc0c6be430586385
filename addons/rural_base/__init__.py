from . import china_time, deadlines, demo, file_types, models, wizards
