from . import test_judgement
from . import test_cross_region
