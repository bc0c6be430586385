import gc
import itertools
from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL

from ..columns import CellError
from ..readers import CopyStream, FileError

STAGING = SQL.identifier("rural_load_staging")
PROGRESS_ROWS = 20_000


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
    the three parts of a fault, and `record_id`. A row begins as new, with the id that its record
    will have; it turns to duplicate or rejected by the checks, and by the merge to updated or
    unchanged, with the id of the record that is there already.
    """

    _name = "rural.load.staging"
    _description = "Staging of a Data Load"

    #: model of the records
    _target = None
    #: tuple of :class:`~odoo.addons.rural_bulk.columns.Column`, in the order of their checks
    _columns = ()
    #: names of the columns that identify a row
    _key = ()

    def _stage(self, run, headings, batches):
        """Read the rows into the staging table.

        :return: the headings that mean nothing to this profile
        :raise FileError: a column is missing or stands there twice
        """
        positions, ignored = self._positions(headings)
        self._create_staging()
        given = [SQL.identifier(column.name) for column in self._columns]
        faults = [SQL.identifier(name) for name in ("fault_column", "fault_reason", "fault_message")]
        copy = SQL(
            "COPY %s (row_number, %s, outcome) FROM STDIN (NULL '')",
            STAGING,
            SQL(", ").join(given + faults),
        )
        columns = self._staging_columns(run, batches, positions, len(headings))
        with without_garbage_collection():
            self.env.cr.copy_expert(copy.code, CopyStream(columns), 1 << 18)
        self._analyze(STAGING)
        return ignored

    def _positions(self, headings):
        """Where each column stands in the file, and which headings mean nothing to us."""
        known = {column.heading for column in self._columns}
        twice = {heading for heading in headings if headings.count(heading) > 1} & known
        if twice:
            raise FileError(self.env._("The file has two columns “%s”.", ", ".join(sorted(twice))))
        missing = [column.heading for column in self._columns if column.heading not in headings]
        if missing:
            raise FileError(
                self.env._(
                    "The file is not of this form: it lacks the columns %(missing)s. It has: %(found)s.",
                    missing=", ".join(missing),
                    found=", ".join(headings),
                )
            )
        positions = [headings.index(column.heading) for column in self._columns]
        return positions, [heading for heading in headings if heading and heading not in known]

    def _create_staging(self):
        columns = [SQL("%s %s", SQL.identifier(column.name), SQL(column.kind.sql_type)) for column in self._columns]
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", STAGING))
        self.env.cr.execute(
            SQL(
                """CREATE TEMPORARY TABLE %s (
                    row_number integer, %s, outcome varchar,
                    fault_column text, fault_reason text, fault_message text,
                    record_id bigint DEFAULT nextval(%s)
                ) ON COMMIT DROP""",
                STAGING,
                SQL(", ").join(columns),
                f"{self.env[self._target]._table}_id_seq",
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
        row_number = 2
        for batch in batches:
            try:
                yield self._read_together(batch, row_number, positions, width)
            except (CellError, IndexError):
                yield list(zip(*self._read_one_by_one(batch, row_number, positions, width), strict=True))
            row_number += len(batch)
            if row_number > PROGRESS_ROWS:
                run._publish_progress(row_number - 1)

    def _read_together(self, batch, row_number, positions, width):
        """The staging columns of a batch without a fault, which is fast.

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
        return [numbers, *values, nothing, nothing, nothing, ["new"] * len(batch)]

    def _read_one_by_one(self, batch, first_number, positions, width):
        """The staging rows of a batch, those with a fault told what it is; blank rows are no rows."""
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
        return staged

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

    # ------------------------------------------------------------------
    # Checking and telling
    # ------------------------------------------------------------------

    def _reject_repeated_keys(self):
        """The same key twice in one file: rejected when the rows differ, else the first one counts."""
        self.env.cr.execute(
            SQL(
                """
                WITH repeated AS (
                    SELECT %(key)s FROM %(staging)s
                     WHERE fault_reason IS DISTINCT FROM 'key'
                     GROUP BY %(key)s HAVING count(*) > 1
                ), compared AS (
                    SELECT row_number,
                           min(row_number) OVER same_key AS first_row,
                           min(digest) OVER same_key <> max(digest) OVER same_key AS differs
                      FROM (SELECT %(key)s, row_number, ROW(%(content)s, fault_message)::text AS digest
                              FROM %(staging)s JOIN repeated USING (%(key)s)) AS rows
                    WINDOW same_key AS (PARTITION BY %(key)s)
                )
                UPDATE %(staging)s AS staging
                   SET outcome = CASE WHEN differs THEN 'rejected' ELSE 'duplicate' END,
                       fault_reason = CASE WHEN differs THEN %(reason)s END,
                       fault_column = CASE WHEN differs THEN %(heading)s END,
                       fault_message = CASE WHEN differs
                           THEN concat_ws('; ', fault_message, %(message)s) END,
                       record_id = NULL
                  FROM compared
                 WHERE compared.row_number = staging.row_number
                   AND (differs OR compared.row_number <> first_row)
                """,
                key=SQL(", ").join(SQL.identifier(name) for name in self._key),
                content=SQL(", ").join(SQL.identifier(column.name) for column in self._columns),
                staging=STAGING,
                reason="conflicting key",
                heading=" + ".join(column.heading for column in self._columns if column.name in self._key),
                message=self.env._("the same key stands in the file more than once, with different content"),
            )
        )

    def _key_text(self):
        """SQL of a row's key as a person reads it; an empty part stays empty."""
        return SQL(" || ' / ' || ").join(SQL("COALESCE(%s::text, '')", SQL.identifier(name)) for name in self._key)

    def _reject(self, row_number, heading, reason, message):
        """Reject a row after it was staged."""
        self.env.cr.execute(
            SQL(
                """UPDATE %s SET outcome = 'rejected', fault_column = %s, fault_reason = %s, fault_message = %s
                    WHERE row_number = %s""",
                STAGING,
                heading,
                reason,
                message,
                row_number,
            )
        )
