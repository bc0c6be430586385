"""Reading files of rows: CSV (UTF-8 with or without BOM, GB18030) and XLSX, some hundred rows at a time.

What a file is, is told by its content, never by its name alone; a file that cannot be read
raises :class:`FileError` with a sentence for the person who chose it. A workbook is read by a process of its
own with little memory (:mod:`.workbook_process`), so that no file can bring the server down.
"""

import codecs
import csv
import io
import itertools
import re
from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo.tools.translate import LazyTranslate

from .columns import CellError, cell_text
from .workbook_reader import WorkbookError, open_workbook

_lt = LazyTranslate(__name__)

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .xls, and the shell of an encrypted .xlsx
BYTE_ORDER_MARK = "\ufeff"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Encodings that the platform's exports have, in the order in which they are tried.
ENCODINGS = ("utf-8", "gb18030")
CHUNK = 1 << 20
#: Bytes of a text that are read together: little enough to fit the socket's buffer, so that PostgreSQL takes one
#: batch in while the next is read.
BATCH_BYTES = 1 << 16
#: Bytes of the longest line of a text, and of the lines over which a text in quotes goes on.
MOST_LINE_BYTES = 1 << 20
_BREAK = re.compile("(?<=[\u2e80-\uffef]) (?=[\u2e80-\uffef])")
#: Columns of a file, as many as a spreadsheet has.
MOST_COLUMNS = 16_384
#: Rows among which the headings are looked for.
HEADING_ROWS = 30


class FileError(Exception):
    """The file as a whole cannot be read; the argument is the sentence that says why."""


class Batch:
    """Rows of a file that follow one another; a row is a list of cells.

    :param rows: the rows
    :param first_number: number of the first one; rows are counted from the top of the file, headings and all
    :param hidden: numbers of the rows that the sheet hides

    >>> Batch([["FW1", "恩施"], ["FW2", "利川"]]).columns(2)
    [('FW1', 'FW2'), ('恩施', '利川')]
    """

    def __init__(self, rows, first_number=2, hidden=frozenset()):
        self.rows = rows
        self.first_number = first_number
        self.hidden = hidden

    def __len__(self):
        return len(self.rows)

    @property
    def numbers(self):
        """The numbers of the rows."""
        return range(self.first_number, self.first_number + len(self.rows))

    def columns(self, width):
        """The cells by column.

        :raise IndexError: a row has more or fewer cells than `width`
        """
        if set(map(len, self.rows)) != {width}:
            raise IndexError
        return list(zip(*self.rows, strict=True))


@dataclass
class OpenFile:
    """A file whose headings are known; what stands in the attributes below `batches` is complete when all is read."""

    headings: list
    batches: object
    #: rows above the headings
    rows_above: int = 0
    #: the last line of a text when it has no end, as the lines before it have: the text may have been cut off there
    unended_line: str = ""
    has_formulas: bool = False
    #: rows that a filter or a person has hidden
    hidden_count: int = 0
    #: sheets that have been read: (name, number of the last row before its first one)
    sheets: list = field(default_factory=list)
    #: names of sheets with rows that have not been read
    unread_sheets: list = field(default_factory=list)


@dataclass(frozen=True)
class Headings:
    """What the headings of a file may be.

    :param alternatives: for each column the headings that it may have
    """

    alternatives: tuple

    def count(self, cells):
        """How many of the columns stand in a row."""
        texts = set(cells)
        return sum(1 for headings in self.alternatives if not texts.isdisjoint(headings))

    def are_all_in(self, cells):
        """Whether a row has each column."""
        return self.count(cells) == len(self.alternatives)

    def find(self, rows):
        """The place of the headings among the first rows: the row with most of them, else the first with any cell.

        :return: place and cleaned cells, or (None, [])
        """
        best, most = (None, []), -1
        for place, row in enumerate(rows[:HEADING_ROWS]):
            cells = [heading_text(cell) for cell in row]
            if any(cells) and (count := self.count(cells)) > most:
                best, most = (place, cells), count
        return best


def heading_text(cell):
    """The text of a heading; an error of a spreadsheet is none."""
    try:
        # Whoever breaks a Chinese heading into lines adds no space to it.
        return _BREAK.sub("", " ".join(cell_text(cell).split()))
    except CellError:
        return ""


@contextmanager
def open_rows(path, file_name, headings, encoding=None):
    """Open a file of rows.

    :param path: where its bytes lie
    :param file_name: the name that the person gave it, which must tell the truth
    :param Headings headings: what its headings may be
    :param encoding: of a text, when somebody has said it
    :return: context of an :class:`OpenFile`
    :raise FileError: broken, encrypted, empty, of another form than its name says
    """
    is_workbook = _check_content(path, file_name)
    opened = _open_workbook(path, headings) if is_workbook else _open_text(path, headings, encoding)
    with opened as file:
        if not any(file.headings):
            raise FileError(_lt("The file has no headings."))
        if len(file.headings) > MOST_COLUMNS:
            raise FileError(
                _lt(
                    "The file has %(count)s columns, and %(most)s are the most: it is no table of rows.",
                    count=len(file.headings),
                    most=MOST_COLUMNS,
                )
            )
        yield file


def _check_content(path, file_name):
    """Whether a file is a workbook; refuses what is neither that nor text, or not what its name says."""
    with open(path, "rb") as stream:
        start = stream.read(8)
    if not start:
        raise FileError(_lt("The file is empty."))
    if start.startswith(UTF_16_MARKS):
        raise FileError(_lt("The text is written in UTF-16: save it as “CSV UTF-8” and load that."))
    if start == COMPOUND:
        raise FileError(
            _lt(
                "The workbook is protected by a password, or is an old .xls: "
                "save it as .xlsx without a password and load that."
            )
        )
    is_workbook = start.startswith(ZIP)
    ending = file_name.lower().rpartition(".")[2]
    if ending not in ("csv", "xlsx"):
        raise FileError(_lt("Only .csv and .xlsx files can be loaded, not “%s”.", file_name))
    if is_workbook != (ending == "xlsx"):
        raise FileError(
            _lt(
                "The name says .%(ending)s, but the content is something else: "
                "export the file again, or give it its true ending.",
                ending=ending,
            )
        )
    return is_workbook


# ----------------------------------------------------------------------
# Text
# ----------------------------------------------------------------------


@contextmanager
def _open_text(path, headings, encoding):
    encoding = _encoding(path, encoding)
    with open(path, "rb") as stream:
        unended_line = _unended_line(stream, encoding)
        batches = _text_batches(stream, encoding)
        first = []
        while len(first) < HEADING_ROWS and (batch := next(batches, None)):
            first += batch
        place, cells = headings.find(first)
        rows = itertools.chain([first[place + 1 :] if place is not None else []], batches)
        file = OpenFile(cells, None, rows_above=place or 0, unended_line=unended_line)
        file.batches = _numbered(rows, file.rows_above + 2)
        yield file


def _unended_line(stream, encoding):
    """The last line of a text when it has no end and the line before it has one; the stream is at its start again.

    >>> _unended_line(io.BytesIO(b"FW1,50.00\\r\\nFW2,5"), "utf-8")
    'FW2,5'
    >>> _unended_line(io.BytesIO(b"FW1,50.00\\r\\n"), "utf-8")
    ''
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - MOST_LINE_BYTES))
    _before, end, line = stream.read().rpartition(b"\n")
    stream.seek(0)
    return line.decode(encoding).strip() if end else ""


def _numbered(batches, number):
    """The batches of rows, the first of which has the given number."""
    for rows in batches:
        if rows:
            yield Batch(rows, number)
            number += len(rows)


def _text_batches(stream, encoding):
    """The rows of a text, in batches."""
    line_count, is_first = 0, True
    while block := _whole_lines(stream, line_count):
        text = block.decode(encoding)
        if is_first:
            text, is_first = text.removeprefix(BYTE_ORDER_MARK), False
        rows = _plain_rows(text)
        if rows is None:
            rows, line_count = _quoted_rows(text, stream, encoding, line_count)
        else:
            line_count += len(rows)
        yield rows


def _whole_lines(stream, line_count):
    """Some bytes that end with a line, or with the file.

    :raise FileError: a line is too long, as that of a file that is no table
    """
    block = stream.read(BATCH_BYTES)
    if not block or block.endswith(b"\n"):
        return block
    return block + _line(stream, line_count + block.count(b"\n"))


def _line(stream, line_count):
    """A line, or what is left of it; `line_count` is how many stand before it."""
    line = stream.readline(MOST_LINE_BYTES)
    if len(line) == MOST_LINE_BYTES and not line.endswith(b"\n"):
        raise FileError(
            _lt(
                "Line %(line)s has more than %(most)s characters, so the file is no table of rows: export it again.",
                line=line_count + 1,
                most=MOST_LINE_BYTES,
            )
        )
    return line


def _plain_rows(text):
    """The rows of a text of whole lines, or None when it takes more than splitting.

    >>> _plain_rows("FW1,恩施\\r\\n\\r\\nFW2,利川"), _plain_rows('FW1,"恩施')
    ([['FW1', '恩施'], [], ['FW2', '利川']], None)
    """
    if '"' in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    return [line.split(",") if line else [] for line in text.removesuffix("\n").split("\n")]


def _quoted_rows(text, stream, encoding, line_count):
    """The rows of a text, the last of which may go on in the stream; and how many lines are read then."""
    own_lines = sum(1 for _piece in _lines(text))

    def more_lines():
        byte_count = 0
        while line := _line(stream, line_count + reader.line_num):
            byte_count += len(line)
            if byte_count > MOST_LINE_BYTES:
                raise csv.Error
            yield from _lines(line.decode(encoding))

    reader = csv.reader(itertools.chain(_lines(text), more_lines()), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if reader.line_num >= own_lines:
                break
    except csv.Error as error:
        raise FileError(
            _lt(
                "The file is not a proper CSV at line %(line)s: a text in quotes is not closed, or goes on after its "
                "closing quote. Write a quote within a text twice.",
                line=line_count + reader.line_num,
            )
        ) from error
    return rows, line_count + reader.line_num


def _lines(text):
    """The lines of a text, each with its end."""
    return io.StringIO(text, newline="")


def _encoding(path, encoding):
    """The first encoding, of those the platform uses or the given one, that the whole file is valid in."""
    encodings = (encoding,) if encoding else ENCODINGS
    for name in encodings:
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with open(path, "rb") as stream:
                for chunk in iter(lambda stream=stream: stream.read(CHUNK), b""):
                    if b"\0" in chunk:
                        raise FileError(_lt("The file is not text: export it again as .csv or .xlsx."))
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            return name
        except UnicodeDecodeError:
            continue
    if encoding:
        raise FileError(_lt("The text is not written in %s, as its form says: export the file again.", encoding))
    raise FileError(_lt("The text is neither UTF-8 nor GB18030: export the file again in one of them."))


# ----------------------------------------------------------------------
# Workbooks
# ----------------------------------------------------------------------

_WORKBOOK_FAULTS = {
    "broken": _lt("The workbook is broken: open it in Excel, save it again and load that."),
    "empty": _lt("The file is an archive, but no workbook: export it again as .xlsx."),
    "big": _lt(
        "The workbook takes too much memory: it is too big, or has a cell far away from the others. "
        "Export it as .csv and load that."
    ),
}


@contextmanager
def _open_workbook(path, headings):
    """The sheets of one form, one after the other; the first of them says what the form is."""
    try:
        with open_workbook(path) as sheets:
            file = OpenFile([], None)
            sheet, place = _find_sheet(sheets, headings, file)
            file.batches = _sheet_batches(sheet, place, sheets, headings, file)
            yield file
    except WorkbookError as error:
        raise FileError(_WORKBOOK_FAULTS[error.args[0]]) from error


def _find_sheet(sheets, headings, file):
    """The first sheet that people see with all headings, and the place of these.

    When there is none, the file gets the headings of the one that has most of them.
    """
    most = -1
    for sheet in sheets:
        place, cells = headings.find(sheet.first_rows)
        if place is None:
            continue
        if headings.are_all_in(cells) and sheet.is_visible:
            file.headings, file.rows_above = cells, place
            return sheet, place
        if headings.are_all_in(cells):
            file.unread_sheets.append(sheet.name)
        elif sheet.is_visible and headings.count(cells) > most:
            file.headings, most = cells, headings.count(cells)
    if file.unread_sheets:
        raise FileError(
            _lt(
                "The sheet %s with the rows is hidden: show it, save the workbook and load that.", file.unread_sheets[0]
            )
        )
    return None, None


def _sheet_batches(sheet, place, sheets, headings, file):
    """The batches of a sheet and of those of its form that follow; numbers go on from one to the next."""
    before = 0
    while sheet:
        file.has_formulas = file.has_formulas or sheet.has_formulas
        file.sheets.append((sheet.name, before))
        order = None if before == 0 else _order(file.headings, [heading_text(c) for c in sheet.first_rows[place]])
        number = before + place + 2
        hidden = frozenset(before + row for row in sheet.hidden_rows)
        for rows in itertools.chain([sheet.first_rows[place + 1 :]], sheet.more_rows()):
            if order is not None:
                rows = [[row[at] if 0 <= at < len(row) else "" for at in order] for row in rows]
            batch = Batch(rows, number, hidden.intersection(range(number, number + len(rows))))
            number += len(rows)
            file.hidden_count += sum(1 for row in batch.hidden if any(rows[row - batch.first_number]))
            if rows:
                yield batch
        before = number - 1
        sheet, place = _next_sheet(sheets, headings, file)


def _next_sheet(sheets, headings, file):
    """The next sheet of the same form, and the place of its headings."""
    for sheet in sheets:
        place, cells = headings.find(sheet.first_rows)
        if place is not None and headings.are_all_in(cells):
            if sheet.is_visible:
                return sheet, place
            file.unread_sheets.append(sheet.name)
        elif sheet.is_visible and len(sheet.first_rows) > 1:
            file.unread_sheets.append(sheet.name)
    return None, None


def _order(headings, others):
    """Where the cells of each heading stand in a sheet with headings in another order; -1 for nowhere."""
    return [others.index(heading) if heading and heading in others else -1 for heading in headings]
