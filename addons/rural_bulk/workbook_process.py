"""Read a workbook in a process of its own: `python workbook_process.py PATH`.

A workbook of a kilobyte can ask for any amount of memory, and the library that reads it ends its process when there
is none. So this program limits itself, and whoever started it sees that it has gone (:mod:`.workbook_reader`).

It sends, by :mod:`marshal`, for each sheet: (name, whether people see it, whether it has formulas, hidden rows), then
the first rows, and after the answer "rows" the others, in lists, and None; None after the last sheet. Instead of any
of these it may send the text of a fault. Rows are sent as (rows, cells that are no plain values).
"""

import contextlib
import datetime
import itertools
import marshal
import posixpath
import re
import resource
import sys
import zipfile
from xml.parsers import expat

#: Bytes of memory, and seconds of the processor, that a workbook may take.
MOST_MEMORY = 4 << 30
MOST_SECONDS = 900
#: A workbook that unpacks to more than this is a mistake or an attack.
MOST_UNPACKED = 2 << 30
#: Rows that are sent together, and those before it is asked whether the others are wanted.
BATCH_ROWS = 500
FIRST_ROWS = 60
#: Rows of the longest sheet there is.
MOST_ROWS = 1 << 20
CHUNK = 1 << 20
#: What may stand in a sheet besides values: errors, hidden rows, formulas, merged cells.
REMARKABLE = re.compile(rb"""[ \n\t]t=["']e["']|hidden=|<(?:\w+:)?(?:f[ >/]|mergeCell )""")
#: What is sent instead of the result of a formula that nobody has computed.
NO_RESULT = "#RESULT!"
#: What is sent instead of the nothing that a cell holds which is merged with the one above or before it.
MERGED = "#MERGED!"
REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


class Remarks:
    """What a sheet says of its cells and rows that the library does not: read by :meth:`read`."""

    def __init__(self):
        self.has_formulas = False
        #: numbers of rows, the first is 1
        self.hidden_rows = []
        #: row → its (column, error); the first row and column are 0
        self.errors = {}
        #: row → its merged cells without a value of their own: (first column, last column)
        self.merged = {}
        self._merged_count = 0
        self._row = self._column = 0
        self._is_error = self._is_text = self._is_formula = False
        self._text = []

    def read(self, stream):
        """Read the XML of a sheet."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.ParseFile(stream)

    def _start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdigit() else self._row
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self._row + 1)
        elif name == "c":
            if reference := REFERENCE.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(reference[2]) - 1, column_of(reference[1])
            kind = attributes.get("t")
            self._is_error, self._is_text, self._is_formula = kind == "e", kind == "str", False
            self._text = []
        elif name == "f":
            self.has_formulas = self._is_formula = True
            self._text = []
        elif name == "mergeCell" and (corners := RANGE.fullmatch(attributes.get("ref", ""))):
            self._add_merged(column_of(corners[1]), int(corners[2]) - 1, column_of(corners[3]), int(corners[4]) - 1)

    def _add_merged(self, left, top, right, bottom):
        """Keep the cells of a merged range but the one that holds its value; titles and notes are no cells of rows.

        :raise MemoryError: more ranges than a table has
        """
        if left == 0 < right:
            return
        self._merged_count += bottom - top + 1
        if self._merged_count > MOST_ROWS:
            raise MemoryError
        for row in range(top, bottom + 1):
            self.merged.setdefault(row, []).append((left + (row == top), right))

    def _add_text(self, text):
        self._text.append(text)

    def _end(self, name):
        name = name.rpartition(":")[2]
        if name == "f":
            self._text = []
        elif name == "c":
            text = "".join(self._text).strip()
            if self._is_error:
                self.errors.setdefault(self._row, []).append((self._column, text or "#N/A"))
            elif self._is_formula and not self._is_text and not text:
                self.errors.setdefault(self._row, []).append((self._column, NO_RESULT))
            self._column += 1
        elif name == "row":
            self._row += 1


def column_of(letters):
    """The place of a column by its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def limit():
    """Limit this process, and have it killed before any other when the machine's memory ends."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 10))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as stream:
        stream.write("1000")


def send(value):
    """Send something to whoever has started this program."""
    marshal.dump(value, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def send_rows(rows, number, first_column, remarks):
    """Send rows, the first of which is number `number`, counted from 0."""
    others = []
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, (datetime.date, datetime.time)):
                row[column] = ""
                others.append((place, column, type(cell).__name__, cell.isoformat()))
            elif isinstance(cell, datetime.timedelta):
                row[column] = ""
                others.append((place, column, "timedelta", str(cell.total_seconds())))
    if remarks.errors or remarks.merged:
        for place, row in enumerate(rows):
            add_remarks(row, number + place, first_column, remarks)
    send((rows, others))


def add_remarks(row, number, first_column, remarks):
    """Write into the cells of a row what the library has left out: errors, and that a cell is merged."""
    for column, text in remarks.errors.get(number, ()):
        if 0 <= column - first_column < len(row):
            row[column - first_column] = text
    for left, right in remarks.merged.get(number, ()):
        for column in range(max(left - first_column, 0), min(right - first_column + 1, len(row))):
            if row[column] == "":
                row[column] = MERGED


def send_sheet(sheet, remarks):
    """Send the rows of a sheet, the first ones and, when they are wanted, the others."""
    top, first_column = sheet.start or (0, 0)
    # Empty rows on top are skipped by the library, but a person counts them.
    rows = itertools.chain(itertools.repeat([], min(top, MOST_ROWS)), sheet.iter_rows())
    number = 0
    is_wanted = None
    while some := list(itertools.islice(rows, BATCH_ROWS if is_wanted else FIRST_ROWS)):
        send_rows(some, number, first_column, remarks)
        number += len(some)
        if is_wanted is None:
            is_wanted = sys.stdin.buffer.readline() == b"rows\n"
            if not is_wanted:
                return
    if is_wanted is None:
        send(([], []))
        if sys.stdin.buffer.readline() != b"rows\n":
            return
    send(None)


def sheet_parts(archive):
    """The names within the archive of the sheets' XML, in the order of the sheets; None for those without."""
    relations, sheets = {}, []

    def relation(name, attributes):
        if name.rpartition(":")[2] == "Relationship":
            relations[attributes.get("Id")] = attributes.get("Target", "")

    def sheet(name, attributes):
        if name.rpartition(":")[2] == "sheet":
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            sheets.append(ids[0] if ids else None)

    for part, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        with archive.open(part) as stream:
            parser.ParseFile(stream)
    targets = [relations.get(identity) for identity in sheets]
    return [
        target and (target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target)))
        for target in targets
    ]


def remarks_of(archive, part):
    """What a sheet says besides the values; the XML is read in full only where there is something to be found."""
    remarks = Remarks()
    if part is None or part not in archive.namelist():
        return remarks
    tail = b""
    with archive.open(part) as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            if REMARKABLE.search(tail + chunk):
                break
            tail = chunk[-32:]
        else:
            return remarks
    with archive.open(part) as stream:
        remarks.read(stream)
    return remarks


def read(path):
    """Send the sheets of a workbook."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            send("big")
            return
        if not any(name.startswith("xl/worksheets/") for name in archive.namelist()):
            send("empty")
            return
        parts = sheet_parts(archive)
        with CalamineWorkbook.from_path(path) as workbook:
            for place, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                remarks = remarks_of(archive, parts[place] if place < len(parts) else None)
                is_visible = sheet.visible == SheetVisibleEnum.Visible
                send((sheet.name, is_visible, remarks.has_formulas, remarks.hidden_rows))
                send_sheet(workbook.get_sheet_by_index(place), remarks)
    send(None)


def main():
    """Read the workbook at the path that is given."""
    limit()
    try:
        read(sys.argv[1])
    except MemoryError:
        send("big")
    except BrokenPipeError:
        return  # nobody wants more
    except BaseException:
        # Whatever a library says of a broken file, a panic too; nothing of it is for people.
        send("broken")


if __name__ == "__main__":
    main()
