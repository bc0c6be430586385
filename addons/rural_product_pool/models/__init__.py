from . import rural_supplier_code
from . import res_partner
from . import rural_product
from . import rural_pool_entry
from . import rural_load_run
from . import rural_command
from . import rural_load_profile_pool
