from . import test_access
from . import test_documents
from . import test_gateway
from . import test_public_form
from . import test_region_names
from . import test_steps
