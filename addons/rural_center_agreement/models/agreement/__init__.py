from . import agreement
from . import steps
from . import certificate
from . import renewal
from . import deposit
