from . import helpdesk_ticket
from . import steps
from . import deadlines
from . import printing
