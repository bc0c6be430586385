"""The sheets of a workbook, as a process of its own reads them."""

import datetime
import marshal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

PROGRAM = Path(__file__).with_name("workbook_process.py")
#: How a cell that is no text, number or truth value is sent.
_FROM_ISO = {
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda seconds: datetime.timedelta(seconds=float(seconds)),
}


class WorkbookError(Exception):
    """A workbook cannot be read; the argument says why: "broken", "empty" (no workbook) or "big"."""


class SheetReader:
    """A sheet: its name, what is known of its rows, and the first of them."""

    def __init__(self, process, name, is_visible, has_formulas, hidden_rows):
        self._process = process
        self.name = name
        self.is_visible = is_visible
        self.has_formulas = has_formulas
        #: numbers of the hidden rows; the first row of the sheet is 1
        self.hidden_rows = hidden_rows
        self.first_rows = self._process.receive_rows()
        self._is_answered = False

    def more_rows(self):
        """The rows after the first ones, in lists."""
        self._process.answer(b"rows\n")
        self._is_answered = True
        while (rows := self._process.receive_rows()) is not None:
            yield rows

    def skip(self):
        """Go on without the rows that are left."""
        if not self._is_answered:
            self._process.answer(b"skip\n")


class _Process:
    def __init__(self, path):
        self._popen = subprocess.Popen(
            [sys.executable, "-P", str(PROGRAM), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def receive(self):
        """The next thing that the process sends."""
        try:
            sent = marshal.load(self._popen.stdout)
        except (EOFError, ValueError, TypeError) as error:
            # It was stopped by its limit of memory or of time.
            raise WorkbookError("big") from error
        if isinstance(sent, str):
            raise WorkbookError(sent)
        return sent

    def receive_rows(self):
        """The next rows, or None at the end of a sheet."""
        sent = self.receive()
        if sent is None:
            return None
        rows, others = sent
        for row, column, kind, text in others:
            rows[row][column] = _FROM_ISO[kind](text)
        return rows

    def answer(self, line):
        """Tell the process what to do next."""
        try:
            self._popen.stdin.write(line)
            self._popen.stdin.flush()
        except BrokenPipeError as error:
            raise WorkbookError("big") from error

    def sheets(self):
        """The sheets; the rows of one are gone when the next one is asked for."""
        while (sent := self.receive()) is not None:
            sheet = SheetReader(self, *sent)
            yield sheet
            sheet.skip()

    def close(self):
        """End the process."""
        self._popen.kill()
        for stream in (self._popen.stdin, self._popen.stdout):
            with suppress(BrokenPipeError):
                stream.close()
        self._popen.wait()


@contextmanager
def open_workbook(path):
    """Open a workbook.

    :return: context of an iterator of :class:`SheetReader`
    :raise WorkbookError: also while it is read
    """
    process = _Process(path)
    try:
        yield process.sheets()
    finally:
        process.close()
