from . import portal_area
from . import portal_home
from . import portal_today
