from . import rural_training_demo
