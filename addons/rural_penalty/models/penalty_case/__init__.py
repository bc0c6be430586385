from . import penalty_case
from . import party
from . import decision
from . import appeal
from . import effects
