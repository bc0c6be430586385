from . import statement
from . import preparing
from . import confirming
from . import posting
from . import printing
