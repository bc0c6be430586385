from . import rural_center_suspend
