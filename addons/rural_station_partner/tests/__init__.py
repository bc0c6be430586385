from . import test_steps
from . import test_identity
from . import test_public_form
from . import test_opening
from . import test_access
