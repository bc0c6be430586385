from . import portal_area
from . import portal_closing_days
from . import portal_home
from . import portal_more
from . import portal_notices
from . import portal_ranking
from . import portal_today
