from . import merchant
from . import recruiters
from . import rating
from . import rates
from . import steps
