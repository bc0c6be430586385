from . import rural_quality_standard
from . import rural_recommendation_check
from . import rural_product_recommendation
from . import rural_pool_entry
