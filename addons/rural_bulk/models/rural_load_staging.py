import gc
import itertools
import operator
from contextlib import contextmanager

import psycopg2

from odoo import models
from odoo.tools import SQL

from ..columns import CellError
from ..readers import CopyStream, FileError
from ..sql import STAGING, names

#: What is wrong with a rejected row.
FAULT = ("fault_column", "fault_reason", "fault_message")
#: Rows from one sign of progress to the next.
PROGRESS_ROWS = 20_000
#: Things that are remembered as said, so that memory stays small; what is said anew does no harm.
MOST_SAID = 50_000
#: What some programs write between the cells of a CSV instead of commas.
SEPARATORS = {";", "\t"}
#: A character that no file of rows can hold.
BETWEEN = "\0"


@contextmanager
def without_garbage_collection():
    """Rows have no cycles, but their number would have the collector search all of Odoo for some."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class RuralLoadStaging(models.AbstractModel):
    """The rows of a file as they stand in it, typed, in a temporary table, and what becomes of each.

    Columns of the table: `row_number` (the heading is row 1), those of the profile, then `outcome`,
    the three parts of a fault, the number of a contradiction, and `record_id`. A row begins as new,
    with the id that its record will have; it turns to duplicate or rejected by the checks, and by the
    merge to updated or unchanged, with the id of the record that is there already.

    Many rows say the same of the same thing: code, name and region of a purchaser. A profile names
    such columns in `_said_once`; then they are filled in the row that says so first, and those that
    say the same after it only name that row, in the column `<thing>_row`.
    """

    _name = "rural.load.staging"
    _description = "Staging of a Data Load"

    #: model of the records
    _target = None
    #: tuple of :class:`~odoo.addons.rural_bulk.columns.Column`, in the order of their checks
    _columns = ()
    #: names of the columns that identify a row
    _key = ()
    #: thing that many rows name → names of the columns that say something of it
    _said_once = {}

    def _stage(self, run, headings, batches):
        """Read the rows into the staging table.

        :return: the headings that mean nothing to this profile
        :raise FileError: a column is missing or stands there twice
        """
        positions, ignored = self._positions(headings)
        self._create_staging()
        given = (*(column.name for column in self._columns), *self._saying_rows().values(), *FAULT)
        copy = SQL("COPY %s (row_number, %s, outcome) FROM STDIN (NULL '')", STAGING, names(given))
        stream = CopyStream(self._staging_columns(run, batches, positions, len(headings)))
        try:
            with without_garbage_collection():
                self.env.cr.copy_expert(copy.code, stream, 1 << 18)
        except psycopg2.Error as error:
            raise stream.error or error from error
        self._analyze(STAGING)
        return ignored

    def _positions(self, headings):
        """Where each column stands in the file, and which headings mean nothing to us."""
        known = {column.heading for column in self._columns}
        twice = {heading for heading in headings if headings.count(heading) > 1} & known
        if twice:
            raise FileError(self.env._("The file has two columns “%s”.", ", ".join(sorted(twice))))
        missing = [column.heading for column in self._columns if column.heading not in headings]
        if missing and len(headings) == 1 and set(headings[0]) & SEPARATORS:
            raise FileError(self.env._("The columns are not separated by commas: save the file as “CSV UTF-8”."))
        if missing:
            raise FileError(
                self.env._(
                    "The file is not of this form: it lacks the columns %(missing)s. Its first row has: %(found)s.",
                    missing=", ".join(missing),
                    found=", ".join(filter(None, headings)),
                )
            )
        positions = [headings.index(column.heading) for column in self._columns]
        known |= {"", *self.env["rural.load.run"]._fault_headings()}
        return positions, [heading for heading in headings if heading not in known]

    def _create_staging(self):
        """What every query asks for stands first: the columns before it in a row cost time."""
        saying_rows = [SQL("%s integer,", SQL.identifier(name)) for name in self._saying_rows().values()]
        columns = [SQL("%s %s,", SQL.identifier(column.name), SQL(column.kind.sql_type)) for column in self._columns]
        contradiction = [
            SQL("WHEN %s THEN %s", condition, number)
            for number, (condition, *_fault) in enumerate(self._contradictions(), start=1)
        ]
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", STAGING))
        self.env.cr.execute(
            SQL(
                """CREATE TEMPORARY TABLE %s (
                    row_number integer, %s outcome varchar, record_id bigint DEFAULT nextval(%s),
                    contradiction smallint GENERATED ALWAYS AS (CASE %s END) STORED,
                    %s fault_column text, fault_reason text, fault_message text
                ) ON COMMIT DROP""",
                STAGING,
                SQL(" ").join(saying_rows),
                f"{self.env[self._target]._table}_id_seq",
                SQL(" ").join(contradiction or [SQL("WHEN FALSE THEN 0")]),
                SQL(" ").join(columns),
            )
        )

    def _analyze(self, table):
        """Tell the planner how big a table has become; a small sample is enough."""
        self.env.cr.execute("SET LOCAL default_statistics_target = 5")
        self.env.cr.execute(SQL("ANALYZE %s", table))
        self.env.cr.execute("SET LOCAL default_statistics_target TO DEFAULT")

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _staging_columns(self, run, batches, positions, width):
        """The columns of the staging table, batch by batch, for COPY."""
        row_number, told = 2, 2
        said = {thing: {} for thing in self._said_once}
        for batch in batches:
            try:
                numbers, values, fates = self._read_together(batch, row_number, positions, width)
            except (CellError, IndexError):
                numbers, values, fates = self._read_one_by_one(batch, row_number, positions, width)
            yield [numbers, *self._say_once(numbers, values, said), *fates]
            row_number += len(batch)
            if row_number - told >= PROGRESS_ROWS:
                told = row_number
                run._publish_progress(row_number - 2)

    def _read_together(self, batch, row_number, positions, width):
        """The rows of a batch without a fault, which is fast: row numbers, columns, columns of faults and outcome.

        :raise CellError, IndexError: there is a fault somewhere in the batch
        """
        cells = batch.columns(width)
        values = []
        for column, position in zip(self._columns, positions, strict=True):
            values.append(column.kind.read_all(cells[position]))
            if column.required and "" in values[-1]:
                raise IndexError
        numbers = list(map(str, range(row_number, row_number + len(batch))))
        nothing = [""] * len(batch)
        return numbers, values, [nothing, nothing, nothing, ["new"] * len(batch)]

    def _read_one_by_one(self, batch, first_number, positions, width):
        """The same, those with a fault told what it is; blank rows are no rows."""
        staged = []
        for row_number, cells in enumerate(batch.rows, start=first_number):
            if not any(cells):
                continue
            values, faults = self._read_row(cells, positions, width)
            if faults:
                column, reason, _message = faults[0]
                message = "; ".join(fault[2] for fault in faults)
                staged.append((str(row_number), *values, column, reason, message, "rejected"))
            else:
                staged.append((str(row_number), *values, "", "", "", "new"))
        numbers, *columns = zip(*staged, strict=True) if staged else [[]] * (len(self._columns) + 5)
        return numbers, columns[: len(self._columns)], columns[len(self._columns) :]

    def _saying_rows(self):
        """Thing that many rows name → column with the number of the row that says what this row says of it."""
        return {thing: f"{thing}_row" for thing in self._said_once}

    def _say_once(self, numbers, values, said):
        """The columns without what has been said before, and the numbers of the rows that have said it.

        :param dict said: by thing, what has been said of it and in which row
        """
        column_names = [column.name for column in self._columns]
        values, saying_rows = list(values), []
        for thing, said_names in self._said_once.items():
            if len(said[thing]) > MOST_SAID:
                said[thing].clear()
            positions = [column_names.index(name) for name in said_names]
            together = map(BETWEEN.join, zip(*(values[position] for position in positions), strict=True))
            rows = list(map(said[thing].setdefault, together, numbers))
            firsts = list(itertools.compress(range(len(rows)), map(operator.is_, rows, numbers)))
            for position in positions:
                cells, values[position] = values[position], [""] * len(numbers)
                for index in firsts:
                    values[position][index] = cells[index]
            saying_rows.append(rows)
        return [*values, *saying_rows]

    def _read_row(self, cells, positions, width):
        """The values of a row, "" where a cell is at fault, and the faults (heading, reason, message)."""
        values, faults = [], []
        if len(cells) > width:
            message = self.env._(
                "The row has %(cells)s cells, the heading %(width)s: put text with commas in quotes.",
                cells=len(cells),
                width=width,
            )
            faults.append(("", "invalid", message))
        cells = [*cells, *itertools.repeat("", width - len(cells))]
        for column, position in zip(self._columns, positions, strict=True):
            value = ""
            try:
                value = column.read(cells[position])
            except CellError as error:
                message = f"{column.heading}: {self.env._(error.args[0])}"
                faults.append((column.heading, column.reason, message))
            values.append(value)
        return values, faults
