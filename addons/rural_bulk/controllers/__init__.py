from . import main
from . import upload
