from . import common, test_books, test_workbook
