from . import rural_order_line
from . import rural_line_acceptance
from . import rural_order_referenced_mixin
from . import rural_order_facts
from . import rural_load_run
from . import rural_load_profile_orders
from . import rural_export
from . import rural_command
