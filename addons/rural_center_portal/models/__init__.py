from . import res_company
from . import rural_service_center
from . import rural_center_estimate
from . import rural_center_notice
from . import rural_order_line
from . import rural_product_recommendation
from . import rural_statement
from . import rural_statement_dispute
