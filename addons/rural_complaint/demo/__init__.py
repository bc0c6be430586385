from . import rural_complaint_demo
