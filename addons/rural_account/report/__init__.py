from . import rural_workbook
