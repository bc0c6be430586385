"""Reading files of rows: CSV (UTF-8 with or without BOM, GB18030) and XLSX, some hundred rows at a time.

What a file is, is told by its content, never by its name alone; a file that cannot be read
raises :class:`FileError` with a sentence for the person who chose it.
"""

import codecs
import csv
import io
import itertools
import zipfile
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineWorkbook

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .xls, and the shell of an encrypted .xlsx
BYTE_ORDER_MARK = "\ufeff"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BROKEN_WORKBOOK = _lt("The workbook is broken: open it in Excel, save it again and load that.")
CHUNK = 1 << 20
#: Bytes of a text, and rows of a workbook, that are read together: little enough to fit the socket's buffer, so
#: that PostgreSQL takes one batch in while the next is read.
BATCH_BYTES = 1 << 16
BATCH_ROWS = 500
#: A workbook that unpacks to more than this is refused: it is a mistake or an attack.
MOST_UNPACKED = 2 << 30


class FileError(Exception):
    """The file as a whole cannot be read; the argument is the sentence that says why."""


class Batch:
    """Rows of a file that follow one another; a row is a list of cells.

    >>> Batch([["FW1", "恩施"], ["FW2", "利川"]]).columns(2)
    [('FW1', 'FW2'), ('恩施', '利川')]
    """

    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def columns(self, width):
        """The cells by column.

        :raise IndexError: a row has more or fewer cells than `width`
        """
        if set(map(len, self.rows)) != {width}:
            raise IndexError
        return list(zip(*self.rows, strict=True))


@contextmanager
def open_rows(path, file_name):
    """Open a file of rows.

    :param path: where its bytes lie
    :param file_name: the name that the person gave it, which must tell the truth
    :return: context of (headings, iterator of :class:`Batch`, has_formulas)
    :raise FileError: broken, encrypted, empty, of another form than its name says
    """
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
    opened = _open_workbook(path) if is_workbook else _open_text(path)
    with opened as (headings, batches, has_formulas):
        if not headings or not any(headings):
            raise FileError(_lt("The first row has no headings."))
        yield [str(heading).strip() for heading in headings], batches, has_formulas


@contextmanager
def _open_text(path):
    encoding = _encoding(path)
    with open(path, "rb") as stream:
        start = stream.readline().decode(encoding).removeprefix(BYTE_ORDER_MARK)
        rows, line_count = _quoted_rows(start, stream, encoding, 0)
        headings, *rows = rows or [None]
        yield headings, _text_batches(rows, stream, encoding, line_count), False


def _text_batches(rows, stream, encoding, line_count):
    """The rows that have been read, in `line_count` lines, and those of the rest of the text."""
    if rows:
        yield Batch(rows)
    while block := stream.read(BATCH_BYTES):
        text = (block + stream.readline()).decode(encoding)
        rows = _plain_rows(text)
        if rows is None:
            rows, line_count = _quoted_rows(text, stream, encoding, line_count)
        else:
            line_count += len(rows)
        yield Batch(rows)


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
    own_lines = sum(1 for _line in _lines(text))
    more_lines = itertools.chain.from_iterable(_lines(line.decode(encoding)) for line in stream)
    reader = csv.reader(itertools.chain(_lines(text), more_lines), strict=True)
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


def _encoding(path):
    """The first encoding, of those the platform uses, that the whole file is valid in."""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with open(path, "rb") as stream:
                for chunk in iter(lambda stream=stream: stream.read(CHUNK), b""):
                    if b"\0" in chunk:
                        raise FileError(_lt("The file is not text: export it again as .csv or .xlsx."))
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            return encoding
        except UnicodeDecodeError:
            continue
    raise FileError(_lt("The text is neither UTF-8 nor GB18030: export the file again in one of them."))


@contextmanager
def _open_workbook(path):
    try:
        has_formulas = _inspect_workbook(path)
        workbook = CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_index(0)
    except (CalamineError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise FileError(BROKEN_WORKBOOK) from error
    with workbook:
        # Empty rows on top are skipped by the library, but a person counts them.
        above = sheet.start[0] if sheet.start else 0
        rows = itertools.chain(itertools.repeat([], above), sheet.iter_rows())
        yield next(rows, None), _row_batches(rows), has_formulas


def _row_batches(rows):
    try:
        while some := list(itertools.islice(rows, BATCH_ROWS)):
            yield Batch(some)
    except CalamineError as error:
        raise FileError(BROKEN_WORKBOOK) from error


def _inspect_workbook(path):
    """Whether the first sheet has formulas; refuses a file that is no workbook or unpacks too big."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise FileError(_lt("The workbook is too big: export it as .csv and load that."))
        sheets = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        if not sheets:
            raise FileError(_lt("The file is an archive, but no workbook: export it again as .xlsx."))
        with archive.open(sheets[0]) as sheet:
            return _has_formula(sheet)


def _has_formula(stream):
    tail = b""
    for chunk in iter(lambda: stream.read(CHUNK), b""):
        if b"<f>" in tail + chunk or b"<f " in tail + chunk:
            return True
        tail = chunk[-2:]
    return False
