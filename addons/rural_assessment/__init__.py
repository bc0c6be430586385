from . import demo
from . import models
from . import report
from . import wizards


def uninstall_hook(env):
    """Drop what guarded the table of reward lines; the table itself goes with the addon."""
    env.cr.execute("DROP FUNCTION IF EXISTS rural_reward_line_is_final() CASCADE")
