from . import application
from . import steps
from . import opening
from . import web_form
