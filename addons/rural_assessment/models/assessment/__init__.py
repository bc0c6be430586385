from . import assessment
from . import measuring
from . import steps
