from . import rural_complaint_penalty_cancel
