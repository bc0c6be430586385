from . import rural_application_attempt
from . import rural_notice_receipt
from . import notice_mixin
