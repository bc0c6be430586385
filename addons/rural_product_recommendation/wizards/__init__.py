from . import rural_recommendation_decline
from . import rural_recommendation_admission
