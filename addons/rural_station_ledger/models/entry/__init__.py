from . import entry
from . import judging
from . import entering
from . import steps
from . import picking_up
from . import correcting
from . import linking
from . import villagers
