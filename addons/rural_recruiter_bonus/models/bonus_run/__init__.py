from . import bonus_run
from . import computing
from . import approval
from . import payslips
