from . import rural_region
from . import rural_document_kind
from . import application
from . import rural_application_condition
from . import rural_center_document
from . import rural_service_center
