from . import application
from . import review
from . import email
from . import web_form
