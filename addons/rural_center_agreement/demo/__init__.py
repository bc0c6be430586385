from . import rural_agreement_demo
from . import rural_agreement_demo_training
