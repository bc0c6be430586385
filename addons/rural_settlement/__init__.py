from . import demo
from . import models
from . import report
from . import wizards


def uninstall_hook(env):
    """Drop what guarded the table of fee entries; the table itself goes with the addon."""
    env.cr.execute("DROP FUNCTION IF EXISTS rural_fee_entry_is_final() CASCADE")
