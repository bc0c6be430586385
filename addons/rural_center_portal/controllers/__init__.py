from . import portal_home
from . import portal_overview
from . import portal_pool
from . import portal_orders
from . import portal_statements
from . import portal_recommendations
from . import portal_notices
