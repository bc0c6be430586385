from . import bonus_computation
from . import people
from . import month
from . import quarter
from . import year
