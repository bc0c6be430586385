from . import test_columns
from . import test_copying
from . import test_load_run
from . import test_readers
from . import test_row_reader
from . import test_upload
from . import test_workbook
