from . import agreement
from . import rural_center_certificate
from . import rural_center_exit
from . import training
from . import rural_center_authorisation
from . import rural_service_center
from . import rural_deposit
from . import rural_center_application
