from . import test_access
from . import test_terminals
from . import test_profit
from . import test_load_transactions
from . import test_statements
from . import test_posting
from . import test_printing
