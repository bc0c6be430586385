import itertools

from odoo import models
from odoo.tools import SQL

from ..columns import CellError
from ..readers import FileError

STAGING = SQL.identifier("rural_load_staging")
PROGRESS_ROWS = 20_000
BATCH = 5_000


class RuralLoadStaging(models.AbstractModel):
    """The rows of a file as they stand in it, typed, each with its faults, in a temporary table.

    Columns of the table: `row_number` (the heading is row 1), those of the profile, then
    `fault_column`, `fault_reason`, `fault_message` (set: the row is rejected) and `is_duplicate`.
    """

    _name = "rural.load.staging"
    _description = "Staging of a Data Load"

    #: tuple of :class:`~odoo.addons.rural_bulk.columns.Column`, in the order of their checks
    _columns = ()
    #: names of the columns that identify a row
    _key = ()


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
        columns = [
            SQL("%s %s", SQL.identifier(column.name), SQL(column.kind.sql_type))
            for column in self._columns
        ]
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", STAGING))
        self.env.cr.execute(
            SQL(
                """CREATE TEMPORARY TABLE %s (
                    row_number integer, %s,
                    fault_column text, fault_reason text, fault_message text, is_duplicate boolean
                ) ON COMMIT DROP""",
                STAGING,
                SQL(", ").join(columns),
            )
        )

    def _analyze_staging(self):
        """Tell the planner how many rows there are; a small sample is enough."""
        self.env.cr.execute("SET LOCAL default_statistics_target = 5")
        self.env.cr.execute(SQL("ANALYZE %s", STAGING))
        self.env.cr.execute("SET LOCAL default_statistics_target TO DEFAULT")

    def _staging_batches(self, run, rows, positions, width):
        """Batches of rows for COPY: row number, values, the fault's parts, is it a duplicate."""
        numbered = enumerate(rows, start=2)
        while batch := list(itertools.islice(numbered, BATCH)):
            try:
                yield self._read_together(batch, positions, width)
            except (CellError, IndexError):
                yield self._read_one_by_one(batch, positions, width)
            if batch[-1][0] > PROGRESS_ROWS:
                run._publish_progress(batch[-1][0])

    def _read_together(self, batch, positions, width):
        """The staging rows of a batch without a fault, read column by column, which is fast.

        :raise CellError, IndexError: there is a fault somewhere in the batch
        """
        numbers, rows = zip(*batch, strict=True)
        if set(map(len, rows)) != {width}:
            raise IndexError
        cells = list(zip(*rows, strict=True))
        values = []
        for column, position in zip(self._columns, positions, strict=True):
            values.append(column.kind.read_all(cells[position]))
            if column.required and None in values[-1]:
                raise IndexError
        return zip(numbers, *values, *itertools.repeat(itertools.repeat(None), 4))

    def _read_one_by_one(self, batch, positions, width):
        """The staging rows of a batch, those with a fault told what it is; blank rows are no rows."""
        no_fault = (None, None, None, None)
        for row_number, cells in batch:
            if not any(cells):
                continue
            cells = [*cells, *itertools.repeat("", width - len(cells))]
            try:
                if len(cells) > width:
                    raise IndexError
                values = [
                    column.read(cells[position])
                    for column, position in zip(self._columns, positions, strict=True)
                ]
                yield (row_number, *values, *no_fault)
            except (CellError, IndexError):
                yield (row_number, *self._faulty_row(cells, positions, width))

    def _faulty_row(self, cells, positions, width):
        """The values of a row with its faults: the first one names the column, all are told."""
        values, faults = [], []
        if len(cells) > width:
            message = self.env._(
                "The row has %(cells)s cells, the heading %(width)s: put text with commas in quotes.",
                cells=len(cells),
                width=width,
            )
            faults.append((None, "invalid", message))
        for column, position in zip(self._columns, positions, strict=True):
            value = None
            try:
                value = column.read(cells[position])
            except CellError as error:
                message = f"{column.heading}: {self.env._(error.args[0])}"
                faults.append((column.heading, column.reason, message))
            values.append(value)
        heading, reason, _message = faults[0]
        return [*values, heading, reason, "; ".join(fault[2] for fault in faults), None]

    def _reject_repeated_keys(self):
        """The same key twice in one file: rejected when the rows differ, else the first one counts."""
        key = SQL(", ").join(SQL.identifier(name) for name in self._key)
        content = SQL(", ").join(SQL.identifier(column.name) for column in self._columns)
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
                   SET is_duplicate = NOT differs,
                       fault_reason = CASE WHEN differs THEN %(reason)s END,
                       fault_column = CASE WHEN differs THEN %(heading)s END,
                       fault_message = CASE WHEN differs
                           THEN concat_ws('; ', fault_message, %(message)s) END
                  FROM compared
                 WHERE compared.row_number = staging.row_number
                   AND (differs OR compared.row_number <> first_row)
                """,
                key=key,
                content=content,
                staging=STAGING,
                reason="conflicting key",
                heading=self._key_heading(),
                message=self.env._(
                    "the same key stands in the file more than once, with different content"
                ),
            )
        )

    def _key_text(self):
        """SQL of a row's key as a person reads it; an empty part stays empty."""
        return SQL(" || ' / ' || ").join(
            SQL("COALESCE(%s::text, '')", SQL.identifier(name)) for name in self._key
        )

    def _key_heading(self):
        return " + ".join(column.heading for column in self._columns if column.name in self._key)
