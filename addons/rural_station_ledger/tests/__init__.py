from . import test_access
from . import test_entries
from . import test_examples
from . import test_hand_in
from . import test_ranking
from . import test_reminders
from . import test_reports
from . import test_steps
