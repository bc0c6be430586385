from . import test_access
from . import test_parties
from . import test_training
