from . import statement
from . import draft
from . import posting
