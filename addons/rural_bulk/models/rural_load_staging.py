import gc
from contextlib import closing, contextmanager

from odoo import models
from odoo.tools import SQL

from ..copying import CopyStream
from ..readers import FileError
from ..row_reader import RowReader
from ..sql import STAGING, said

#: Rows from one sign of progress to the next.
PROGRESS_ROWS = 20_000
#: What some programs write between the cells of a CSV instead of commas.
SEPARATORS = {";", "\t"}


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
    such columns in `_said_once`; they stand in a table of the thing, by the row that says so first, and
    the rows name that row in the column `<thing>_row`. Columns of such a table: `row_number`, those of
    the thing, and `good_row`, the first good row that says so when the very first is not good.
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

        :return: the headings that mean nothing to this profile; how many rows have cells at fault
        :raise FileError: a column is missing or stands there twice
        """
        positions, ignored = self._positions(headings)
        self._create_staging()
        with closing(RowReader(self._columns, self._said_once, positions, len(headings), self.env._)) as reader:
            stream = CopyStream(self._read_batches(run, reader, batches))
            with without_garbage_collection():
                stream.copy(self.env.cr, STAGING, ("row_number", *self._own_columns(), *self._saying_rows().values()))
            self._analyze(STAGING)
            for thing, spool in reader.said.items():
                spool.copy(self.env.cr, said(thing), ("row_number", *self._said_once[thing]))
                self._analyze(said(thing))
            return ignored, self._reject_faulty(reader.faults)

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

    def _read_batches(self, run, reader, batches):
        """The columns of the staging table, batch by batch."""
        row_number, told = 2, 2
        for batch in batches:
            yield reader.read(batch, row_number)
            row_number += len(batch)
            if row_number - told >= PROGRESS_ROWS:
                told = row_number
                run._publish_progress(row_number - 2)

    # ------------------------------------------------------------------
    # The tables
    # ------------------------------------------------------------------

    def _create_staging(self):
        """What every query asks for stands first: the columns before it in a row cost time."""
        types = {column.name: SQL(column.kind.sql_type) for column in self._columns}
        contradiction = [
            SQL("WHEN %s THEN %s", condition, number)
            for number, (condition, *_fault) in enumerate(self._contradictions(), start=1)
        ]
        self._create_temporary(
            STAGING,
            SQL("row_number integer"),
            *(SQL("%s integer", SQL.identifier(name)) for name in self._saying_rows().values()),
            SQL("outcome varchar DEFAULT 'new'"),
            SQL("record_id bigint DEFAULT nextval(%s)", f"{self.env[self._target]._table}_id_seq"),
            SQL(
                "contradiction smallint GENERATED ALWAYS AS (CASE %s END) STORED",
                SQL(" ").join(contradiction or [SQL("WHEN FALSE THEN 0")]),
            ),
            *(SQL("%s %s", SQL.identifier(name), types[name]) for name in self._own_columns()),
            SQL("fault_column text, fault_reason text, fault_message text"),
        )
        for thing, said_names in self._said_once.items():
            self._create_temporary(
                said(thing),
                SQL("row_number integer, good_row integer"),
                *(SQL("%s %s", SQL.identifier(name), types[name]) for name in said_names),
            )

    def _create_temporary(self, table, *columns):
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(SQL("CREATE TEMPORARY TABLE %s (%s) ON COMMIT DROP", table, SQL(", ").join(columns)))

    def _own_columns(self):
        """The names of the columns that stand in the rows themselves."""
        elsewhere = {name for said_names in self._said_once.values() for name in said_names}
        return [column.name for column in self._columns if column.name not in elsewhere]

    def _saying_rows(self):
        """Thing that many rows name → column with the number of the row that says what this row says of it."""
        return {thing: f"{thing}_row" for thing in self._said_once}

    def _analyze(self, table):
        """Tell the planner how big a table has become; a small sample is enough."""
        self.env.cr.execute("SET LOCAL default_statistics_target = 5")
        self.env.cr.execute(SQL("ANALYZE %s", table))
        self.env.cr.execute("SET LOCAL default_statistics_target TO DEFAULT")
