"""Reading files of rows: CSV (UTF-8 with or without BOM, GB18030) and XLSX, one row at a time.

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
CHUNK = 1 << 20
#: A workbook that unpacks to more than this is refused: it is a mistake or an attack.
MOST_UNPACKED = 2 << 30


class FileError(Exception):
    """The file as a whole cannot be read; the argument is the sentence that says why."""


@contextmanager
def open_rows(path, file_name):
    """Open a file of rows.

    :param path: where its bytes lie
    :param file_name: the name that the person gave it, which must tell the truth
    :return: context of (headings, iterator of rows, has_formulas); a row is a list of cells
    :raise FileError: broken, encrypted, empty, of another form than its name says
    """
    with open(path, "rb") as stream:
        start = stream.read(8)
    if not start:
        raise FileError(_lt("The file is empty."))
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
    with opened as (rows, has_formulas):
        headings = next(rows, None)
        if not headings or not any(headings):
            raise FileError(_lt("The first row has no headings."))
        yield [str(heading).strip() for heading in headings], rows, has_formulas


@contextmanager
def _open_text(path):
    with open(path, encoding=_encoding(path), newline="") as stream:
        if stream.read(1) != BYTE_ORDER_MARK:
            stream.seek(0)
        yield _text_rows(stream), False


def _text_rows(stream):
    reader = csv.reader(stream, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise FileError(
            _lt(
                "The file is not a proper CSV at line %(line)s: %(error)s.",
                line=reader.line_num,
                error=str(error),
            )
        ) from error


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
        raise FileError(_lt("The workbook is broken (%s): save it again and load that.", str(error))) from error
    with workbook:
        # Empty rows on top are skipped by the library, but a person counts them.
        above = sheet.start[0] if sheet.start else 0
        yield itertools.chain(itertools.repeat([], above), sheet.iter_rows()), has_formulas


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


class CopyStream(io.RawIOBase):
    """A file made from batches of rows as they come, for COPY … FROM STDIN (NULL '').

    :param batches: iterable of lists of rows; a row is a tuple of text, "" where there is nothing
    """

    _ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

    def __init__(self, batches):
        super().__init__()
        self._batches = iter(batches)
        self._rest = memoryview(b"")

    def read(self, size=-1):
        """At most `size` bytes; none at the end."""
        while not self._rest:
            batch = next(self._batches, None)
            if batch is None:
                return b""
            self._rest = memoryview(self._text(batch).encode())
        result, self._rest = self._rest[:size], self._rest[size:]
        return bytes(result)

    def _text(self, batch):
        """The lines of a batch; cells are escaped only where a batch has something to escape."""
        text = "\n".join(map("\t".join, batch)) + "\n"
        tabs = sum(map(len, batch)) - len(batch)
        if (text.count("\n"), text.count("\t")) == (len(batch), tabs) and "\\" not in text and "\r" not in text:
            return text
        return "".join("\t".join(cell.translate(self._ESCAPES) for cell in row) + "\n" for row in batch)
