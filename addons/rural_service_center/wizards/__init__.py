from . import rural_report_decision
