"""From the cells of a file to the columns of the staging tables: values, faults, and who says what first."""

import itertools
import operator

from odoo.tools.translate import LazyTranslate

from .columns import CellError
from .copying import CopySpool

_lt = LazyTranslate(__name__)

#: Things that are remembered as said, so that memory stays small; what is said anew does no harm.
MOST_SAID = 200_000
#: A character that no file of rows can hold.
BETWEEN = "\0"


class RowReader:
    """Reads the rows of a file batch by batch.

    :param columns: tuple of :class:`~odoo.addons.rural_bulk.columns.Column`, in the order of their checks
    :param dict said_once: thing that many rows name → names of the columns that say something of it
    :param list positions: where the columns stand in the file
    :param int width: how many cells a row has
    :param translate: function that words a lazy text in the language of the user
    """

    def __init__(self, columns, said_once, positions, width, translate):
        self._columns = list(zip(columns, positions, strict=True))
        self._width = width
        self._translate = translate
        placed = {column.name: (column, position) for column, position in self._columns}
        self._sayings = [Sayings([placed.pop(name) for name in names]) for names in said_once.values()]
        self._own = list(placed.values())
        #: what the rows say of each thing, to be copied: row number and its columns
        self.said = {thing: sayings.spool for thing, sayings in zip(said_once, self._sayings, strict=True)}
        #: what is wrong with rows, to be copied: row number, heading, reason, message
        self.faults = CopySpool()

    def read(self, batch, row_number):
        """The columns of a batch as text: row numbers, those that are the rows' own, and who says what of each thing.

        :param int row_number: number of its first row; the heading is row 1
        """
        try:
            return self._read_together(batch, row_number)
        except (CellError, IndexError):
            return self._read_one_by_one(batch, row_number)

    def close(self):
        """Let go what is to be copied."""
        for spool in (*self.said.values(), self.faults):
            spool.close()

    def _read_together(self, batch, row_number):
        """The rows of a batch without a fault, which is fast.

        :raise CellError, IndexError: there is a fault somewhere in the batch
        """
        cells = batch.columns(self._width)
        own = [column.read_all(cells[position]) for column, position in self._own]
        numbers = list(map(str, range(row_number, row_number + len(batch))))
        told = [sayings.tell(numbers, cells) for sayings in self._sayings]
        for sayings, (_saying_rows, first_said) in zip(self._sayings, told, strict=True):
            sayings.spool.add(first_said)
        return [numbers, *own, *(saying_rows for saying_rows, _first_said in told)]

    def _read_one_by_one(self, batch, row_number):
        """The same, those with a fault told what it is; blank rows are no rows. Each row speaks for itself."""
        rows, faulty = [], []
        for number, cells in enumerate(batch.rows, start=row_number):
            if not any(cells):
                continue
            values, faults = self._read_row(cells)
            rows.append({"row_number": str(number), **values})
            if faults:
                heading, reason, _message = faults[0]
                faulty.append((str(number), heading, reason, "; ".join(message for _h, _r, message in faults)))
        staged = {name: [row[name] for row in rows] for name in ("row_number", *names_of(self._columns))}
        if faulty:
            self.faults.add(list(zip(*faulty, strict=True)))
        for sayings in self._sayings:
            sayings.spool.add([staged[name] for name in ("row_number", *names_of(sayings.columns))])
        return [
            staged["row_number"],
            *(staged[name] for name in names_of(self._own)),
            *itertools.repeat(staged["row_number"], len(self._sayings)),
        ]

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
        cells = [*cells, *itertools.repeat("", self._width - len(cells))]
        for column, position in self._columns:
            values[column.name] = ""
            try:
                values[column.name] = column.read(cells[position])
            except CellError as error:
                words = {"column": column.heading, "fault": self._translate(error.args[0])}
                faults.append((column.heading, column.reason, self._translate(_lt("%(column)s: %(fault)s")) % words))
        return values, faults


class Sayings:
    """What rows say of a thing, such as code, name and region of a purchaser; what is said again is not kept again.

    :param columns: those that say something of the thing: (column, position in the file)
    """

    def __init__(self, columns):
        self.columns = columns
        #: row numbers and columns of what is said
        self.spool = CopySpool()
        self._said = {}

    def tell(self, numbers, cells):
        """Who says what.

        :param list numbers: row numbers
        :param list cells: the columns of the file
        :return: (for each row the row that has said the same before, or itself;
            row numbers and columns of those that say something new)
        :raise CellError: one of those is at fault
        """
        mine = [cells[position] for _column, position in self.columns]
        if len(self._said) > MOST_SAID:
            self._said.clear()
        try:
            sayings = list(map(BETWEEN.join, zip(*mine, strict=True)))
        except TypeError:  # the numbers of a workbook
            return numbers, [numbers, *self._read(mine)]
        saying_rows = list(map(self._said.setdefault, sayings, numbers))
        is_first = list(map(operator.is_, saying_rows, numbers))
        try:
            first_cells = self._read([list(itertools.compress(column, is_first)) for column in mine])
        except CellError:
            for saying in itertools.compress(sayings, is_first):
                del self._said[saying]
            raise
        return saying_rows, [list(itertools.compress(numbers, is_first)), *first_cells]

    def _read(self, cells):
        return [column.read_all(these) for (column, _position), these in zip(self.columns, cells, strict=True)]


def names_of(columns):
    """The names of placed columns."""
    return [column.name for column, _position in columns]
