from . import rural_training_course
from . import rural_training_session
from . import rural_training_result
