from . import rural_agreement_reason
from . import rural_center_suspend
