from . import rural_statement_prepare
from . import rural_statement_confirm
from . import rural_statement_agree
from . import rural_statement_post
