"""From the cells of a file to the columns of the staging tables: values, faults, and the distinct values of things."""

import itertools
import operator
import re

from odoo.tools.translate import LazyTranslate

from .columns import CellError, Choice, Text, cell_text
from .copying import CopySpool
from .readers import Batch

_lt = LazyTranslate(__name__)

#: Distinct values that are remembered, so that memory stays small; one that is kept twice does no harm.
MOST_REMEMBERED = 200_000
#: A character that no file of rows can hold.
BETWEEN = "\0"
#: Lines around the rows of an export: # of payment platforms, rules of dashes, who has printed what.
_NOTE = re.compile(
    r"#.*|[-=*_—─]{3,}.*|(?:说\s*明|备\s*注|注|提示|导出|制表|打印|生成|查询|统计|下载)[^,]*[:：].*|[共总]\s*[0-9]+\s*[笔条行项].*",
    re.DOTALL,
)
_TOTAL = re.compile(
    r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|本[页月]\s*(?:合|小|总)\s*计|(?:sub|grand )?total|sum)\s*[:：]?.*",
    re.IGNORECASE,
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


class RowReader:
    """Reads the rows of a file batch by batch.

    :param columns: tuple of :class:`~odoo.addons.rural_bulk.columns.Column`, in the order of their checks
    :param dict repeated: thing that many rows name → names of the columns that describe it
    :param list positions: where the columns stand in the file
    :param list headings: what stands above the cells
    :param translate: function that gives a lazy text in the language of the user
    """

    def __init__(self, columns, repeated, positions, headings, translate):
        self._columns = list(zip(columns, positions, strict=True))
        self._headings = headings
        self._width = len(headings)
        self._needed = max(place for place, heading in enumerate(headings, start=1) if heading)
        self._translate = translate
        placed = {column.name: (column, position) for column, position in self._columns}
        self._things = [DistinctValues([placed.pop(name) for name in names]) for names in repeated.values()]
        self._own = list(placed.values())
        #: the distinct values of each thing, to be copied: row number and its columns
        self.distinct = {thing: values.spool for thing, values in zip(repeated, self._things, strict=True)}
        #: what is wrong with rows, to be copied: row number, heading, reason, message
        self.faults = CopySpool()
        #: lines among and below the rows that are none
        self.note_count = 0

    def read(self, batch):
        """The columns of a batch as text: row numbers, the rows' own ones, and the first row of each thing."""
        if batch.hidden:
            return self._read_one_by_one(batch)
        try:
            return self._read_together(batch)
        except CellError:
            return self._read_one_by_one(batch)
        except IndexError:
            return self._read_padded(batch)

    def _read_padded(self, batch):
        """The same, of rows that have more or fewer cells than there are headings."""
        try:
            return self._read_together(Batch([self._padded(cells) for cells in batch.rows], batch.first_number))
        except (CellError, IndexError):
            return self._read_one_by_one(batch)

    def close(self):
        """Let go what is to be copied."""
        for spool in (*self.distinct.values(), self.faults):
            spool.close()

    def _padded(self, cells):
        """A row with as many cells as there are headings: some programs leave out those without, or add empty ones."""
        count = len(cells)
        if self._needed <= count < self._width:
            return [*cells, *itertools.repeat("", self._width - count)]
        if count > self._width and not any(map(_text_or_error, cells[self._width :])):
            return cells[: self._width]
        return cells

    def _read_together(self, batch):
        """The rows of a batch without a fault, which is fast.

        :raise CellError, IndexError: there is a fault somewhere in the batch
        """
        cells = batch.columns(self._width)
        own = [column.read_all(cells[position]) for column, position in self._own]
        numbers = list(map(str, batch.numbers))
        added = [values.add(numbers, cells) for values in self._things]
        for values, (_first_rows, new) in zip(self._things, added, strict=True):
            values.spool.add(new)
        return [numbers, *own, *(first_rows for first_rows, _new in added)]

    def _read_one_by_one(self, batch):
        """The same, each row with what is wrong with it; blank rows and notes are no rows.

        Each row is the first one of its things.
        """
        rows, faulty = [], []
        for number, cells in zip(batch.numbers, batch.rows, strict=True):
            texts = list(map(_text_or_error, cells))
            if not any(texts):
                continue
            if self._is_note(texts):
                self.note_count += 1
                continue
            values, faults = self._read_row(self._padded(cells))
            faults = self._faults_of_row(texts, number in batch.hidden) or faults
            rows.append({"row_number": str(number), **values})
            if faults:
                heading, reason, _message = faults[0]
                faulty.append((str(number), heading, reason, "; ".join(message for _h, _r, message in faults)))
        staged = {name: [row[name] for row in rows] for name in ("row_number", *names_of(self._columns))}
        if faulty:
            self.faults.add(list(zip(*faulty, strict=True)))
        if rows:
            for values in self._things:
                values.spool.add([staged[name] for name in ("row_number", *names_of(values.columns))])
        return [
            staged["row_number"],
            *(staged[name] for name in names_of(self._own)),
            *itertools.repeat(staged["row_number"], len(self._things)),
        ]

    def _is_note(self, texts):
        """Whether a line is no row: the headings again, or words around the table."""
        if [" ".join(text.split()) for text in texts[: self._width]] == self._headings[: len(texts)]:
            return len(texts) >= self._needed
        filled = [(place, text) for place, text in enumerate(texts) if text]
        place, first = filled[0]
        if len(filled) > max(2, self._needed // 3) or self._needed <= 2:
            return False
        if _NOTE.fullmatch(first):
            return not _is_error(first)
        # A sentence alone in a column of codes, numbers or times.
        column = next((column for column, position in self._columns if position == place), None)
        if column and (type(column.kind) is Text or isinstance(column.kind, Choice)):
            return False
        return len(filled) == 1 and bool(_CHINESE.search(first)) and not _TOTAL.fullmatch(first)

    def _faults_of_row(self, texts, is_hidden):
        """What is wrong with a row as a whole, when its cells need not be looked at: (heading, reason, message)."""
        first = next(filter(None, texts))
        if _TOTAL.fullmatch(first) and texts.count("") * 2 >= len(texts) - 1:
            return [("", "total", self._translate(_lt("The row is a total, no record: it may be left out.")))]
        if is_hidden:
            message = _lt(
                "The sheet hides this row, by a filter or otherwise: show it or delete it, and load it again."
            )
            return [("", "hidden", self._translate(message))]
        return []

    def _read_row(self, cells):
        """The values of a row by column, "" where a cell is at fault, and the faults (heading, reason, message)."""
        values, faults = {}, []
        if len(cells) > self._width:
            message = _lt(
                "The row has %(cells)s cells, the heading %(width)s: put text with commas in quotes.",
                cells=len(cells),
                width=self._width,
            )
            faults.append(("", "invalid", self._translate(message)))
        elif len(cells) < self._needed:
            message = _lt(
                "The row is cut short: it has %(cells)s cells, the heading %(width)s. Export the file again.",
                cells=len(cells),
                width=self._needed,
            )
            faults.append(("", "cut short", self._translate(message)))
        cells = [*cells, *itertools.repeat("", self._width - len(cells))]
        for column, position in self._columns:
            values[column.name] = ""
            try:
                values[column.name] = column.read(cells[position])
            except CellError as error:
                heading = self._headings[position]
                words = {"column": heading, "fault": self._translate(error.args[0])}
                faults.append((heading, column.reason, self._translate(_lt("%(column)s: %(fault)s")) % words))
        return values, faults


class DistinctValues:
    """The distinct values that rows give of a thing, such as code, name and region of a purchaser.

    :param columns: those that describe the thing: (column, position in the file)
    """

    def __init__(self, columns):
        self.columns = columns
        #: row numbers and columns of the values
        self.spool = CopySpool()
        self._first_rows = {}

    def add(self, numbers, cells):
        """Find the first row with the values of each row.

        :param list numbers: row numbers
        :param list cells: the columns of the file
        :return: (for each row the first row with its values, itself or one before;
            row numbers and columns of the rows with new values)
        :raise CellError: one of those is at fault
        """
        mine = [cells[position] for _column, position in self.columns]
        if len(self._first_rows) > MOST_REMEMBERED:
            self._first_rows.clear()
        try:
            values = list(map(BETWEEN.join, zip(*mine, strict=True)))
        except TypeError:  # the numbers of a workbook
            return numbers, [numbers, *self._read(mine)]
        first_rows = list(map(self._first_rows.setdefault, values, numbers))
        is_first = list(map(operator.is_, first_rows, numbers))
        try:
            first_cells = self._read([list(itertools.compress(column, is_first)) for column in mine])
        except CellError:
            for value in itertools.compress(values, is_first):
                del self._first_rows[value]
            raise
        return first_rows, [list(itertools.compress(numbers, is_first)), *first_cells]

    def _read(self, cells):
        return [column.read_all(these) for (column, _position), these in zip(self.columns, cells, strict=True)]


def names_of(columns):
    """The names of placed columns."""
    return [column.name for column, _position in columns]


def _text_or_error(cell):
    """The text of a cell, an error of a spreadsheet as it stands there."""
    try:
        return cell_text(cell)
    except CellError:
        return cell.strip()


def _is_error(text):
    try:
        cell_text(text)
    except CellError:
        return True
    return False
