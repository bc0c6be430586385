from . import application_form
from . import application_page
