import gc
from contextlib import closing, contextmanager
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

from ..copying import CopyStream
from ..readers import FileError
from ..row_reader import RowReader
from ..sql import STAGING, distinct_table, names

#: Rows from one sign of progress to the next.
PROGRESS_ROWS = 20_000
#: The temporary table of what is wrong with the cells of rows.
FAULTY = SQL.identifier("rural_load_faulty")


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

    Many rows repeat what describes the same thing: code, name and region of a purchaser. A profile names
    such columns in `_repeated`; their distinct values stand in a table of the thing, by the first row that has
    them, and the rows name that row in the column `<thing>_row`. Columns of such a table: `row_number`, those of
    the thing, and `good_row`, the first good row with the values when the very first is not good.
    """

    _name = "rural.load.staging"
    _description = "Staging of a Data Load"

    #: model of the records
    _target = None
    #: tuple of :class:`~odoo.addons.rural_bulk.columns.Column`, in the order of their checks
    _columns = ()
    #: names of the columns that identify a row
    _key = ()
    #: thing that many rows name → names of the columns that describe it
    _repeated = {}

    def _stage(self, run, file):
        """Read the rows of an open file into the staging table.

        :return: the headings that mean nothing to this profile; how many rows have cells at fault; how many lines
            around the rows are none
        :raise FileError: a column is missing or stands there twice
        """
        columns = self._columns_of(run)
        positions, ignored = self._positions(columns, file.headings)
        self._create_staging()
        with closing(RowReader(columns, self._repeated, positions, file.headings, self.env._)) as reader:
            stream = CopyStream(self._read_batches(run, reader, file.batches))
            with without_garbage_collection():
                stream.copy(self.env.cr, STAGING, ("row_number", *self._own_columns(), *self._row_columns().values()))
            self._analyze(STAGING)
            for thing, spool in reader.distinct.items():
                spool.copy(self.env.cr, distinct_table(thing), ("row_number", *self._repeated[thing]))
                self._analyze(distinct_table(thing))
            return ignored, self._reject_faulty(reader.faults), reader.note_count

    def _columns_of(self, run):
        """The columns as the form of the run's file has them."""
        return run.format_id._adapt(self._columns) if run.format_id else self._columns

    def _positions(self, columns, headings):
        """Where each column stands in the file, and which headings mean nothing to us."""
        places = [[heading for heading in column.headings if heading in headings] for column in columns]
        twice = {heading for place in places for heading in place if len(place) > 1 or headings.count(heading) > 1}
        if twice:
            raise FileError(self.env._("The file has two columns “%s”.", ", ".join(sorted(twice))))
        missing = [column.heading for column, place in zip(columns, places, strict=True) if not place]
        if missing and len(headings) == 1 and self._are_run_together(headings[0], missing):
            raise FileError(self.env._("The columns are not separated by commas: save the file as “CSV UTF-8”."))
        if missing:
            raise FileError(
                self.env._(
                    "The file is not of this form: it lacks the columns %(missing)s. Its headings are: %(headings)s.",
                    missing=", ".join(missing),
                    headings=", ".join(filter(None, headings)),
                )
            )
        means = {"", *self.env["rural.load.run"]._fault_headings(), *(heading for (heading,) in places)}
        return [headings.index(heading) for (heading,) in places], [head for head in headings if head not in means]

    @staticmethod
    def _are_run_together(heading, missing) -> bool:
        """Return whether the only heading of a file holds several: semicolons or tabs, which are gone, part them."""
        return ";" in heading or sum(name in heading for name in missing) > 1

    def _read_batches(self, run, reader, batches):
        """The columns of the staging table, batch by batch."""
        row_count, published = 0, 0
        for batch in batches:
            yield reader.read(batch)
            row_count += len(batch)
            if row_count - published >= PROGRESS_ROWS:
                published = row_count
                run._publish_progress(row_count)

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
            *(SQL("%s integer", SQL.identifier(name)) for name in self._row_columns().values()),
            SQL("outcome varchar DEFAULT 'new'"),
            SQL("record_id bigint DEFAULT nextval(%s)", f"{self.env[self._target]._table}_id_seq"),
            SQL(
                "contradiction smallint GENERATED ALWAYS AS (CASE %s END) STORED",
                SQL(" ").join(contradiction or [SQL("WHEN FALSE THEN 0")]),
            ),
            *(SQL("%s %s", SQL.identifier(name), types[name]) for name in self._own_columns()),
            SQL("fault_column text, fault_reason text, fault_message text"),
        )
        for thing, described in self._repeated.items():
            self._create_temporary(
                distinct_table(thing),
                SQL("row_number integer, good_row integer"),
                *(SQL("%s %s", SQL.identifier(name), types[name]) for name in described),
            )

    def _create_temporary(self, table, *columns):
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(SQL("CREATE TEMPORARY TABLE %s (%s) ON COMMIT DROP", table, SQL(", ").join(columns)))

    def _own_columns(self):
        """The names of the columns that stand in the rows themselves."""
        elsewhere = {name for described in self._repeated.values() for name in described}
        return [column.name for column in self._columns if column.name not in elsewhere]

    def _row_columns(self):
        """Thing that many rows name → column with the number of the first row that has the same values of it."""
        return {thing: f"{thing}_row" for thing in self._repeated}

    def _analyze(self, table):
        """Tell the planner how big a table has become; a small sample is enough."""
        self.env.cr.execute("SET LOCAL default_statistics_target = 5")
        self.env.cr.execute(SQL("ANALYZE %s", table))
        self.env.cr.execute("SET LOCAL default_statistics_target TO DEFAULT")

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _reject_rows(self):
        """Reject the rows that cannot be taken, mark duplicates; how many are not good."""
        return self._reject_repeated_keys() + self._reject_contradictions()

    def _reject_faulty(self, faults):
        """Reject the rows with cells at fault.

        :param CopySpool faults: row number, heading, reason, message
        :return: how many
        """
        if not faults:
            return 0
        self._create_temporary(FAULTY, SQL("row_number integer, heading text, reason text, message text"))
        faults.copy(self.env.cr, FAULTY, ("row_number", "heading", "reason", "message"))
        self._analyze(FAULTY)
        return self._set_rejected(SQL("%s AS fault", FAULTY), SQL("fault.row_number = staging.row_number"))

    def _reject_repeated_keys(self):
        """The same key twice in one file: rejected when the rows differ, else the first one counts; how many."""
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
                              FROM %(full_rows)s AS full_row JOIN repeated USING (%(key)s)) AS rows
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
                key=names(self._key),
                content=SQL(", ").join(column.kind.compared(SQL.identifier(column.name)) for column in self._columns),
                full_rows=self._full_rows(),
                staging=STAGING,
                reason="conflicting key",
                heading=" + ".join(column.heading for column in self._columns if column.name in self._key),
                message=self.env._("the same key stands in the file more than once, with different content"),
            )
        )
        return self.env.cr.rowcount

    def _contradictions(self):
        """What is wrong with a row by its own cells: (SQL condition, heading, reason, message), in the order of checks.

        The database finds out while it takes the row in, with the next rows still being read.
        """
        return []

    def _yet_to_come(self, time, heading, reason):
        """What is wrong with a row whose day is to come, as :meth:`_contradictions` says it.

        :param SQL time: a time in China
        """
        tomorrow = china_time.today() + timedelta(days=1)
        return SQL("%s >= %s", time, tomorrow), heading, reason, self.env._("this day is yet to come")

    def _reject_contradictions(self):
        """Reject the rows whose cells contradict one another; how many."""
        return self._reject_faults(
            self._contradictions(), SQL("staging.outcome = 'new' AND staging.contradiction = fault.number")
        )

    def _reject_faults(self, faults, condition, *relations):
        """Reject staged rows.

        :param list faults: (condition, heading, reason, message) of the faults from number 1 on
        :param SQL condition: on the row `staging`, on `fault.number`, and on the relations
        :param SQL relations: what the condition speaks of besides
        :return: how many
        """
        if not faults:
            return 0
        _conditions, headings, reasons, messages = zip(*faults, strict=True)
        numbered = SQL(
            "unnest(%s, %s, %s) WITH ORDINALITY AS fault (heading, reason, message, number)",
            list(headings),
            list(reasons),
            list(map(str, messages)),
        )
        # A sample may miss the few rows at fault; for none the planner would search the whole file for each.
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        rejected_count = self._set_rejected(SQL(", ").join([numbered, *relations]), condition)
        self.env.cr.execute("SET LOCAL enable_nestloop TO DEFAULT")
        return rejected_count

    def _reject_lost_zeros(self, table, company, names=()):
        """Reject new rows with a code that differs from a known one, or from another row's, by zeros before it only.

        A spreadsheet makes 1 of 01, and what is paid for 01 would be paid again for 1.

        :param SQL table: of the known records, with columns of the same names as those of the code
        :param names: columns within which the last one is such a code; the key, unless given
        :return: how many
        """
        *same, last = names or self._key
        code = SQL.identifier(last)
        self.env.cr.execute(
            SQL(
                """SELECT EXISTS (SELECT FROM %(table)s WHERE company_id = %(company)s AND left(%(code)s, 1) = '0'),
                          EXISTS (SELECT FROM %(staging)s WHERE left(%(code)s, 1) = '0')""",
                table=table,
                company=company.id,
                code=code,
                staging=STAGING,
            )
        )
        known_have, rows_have = self.env.cr.fetchone()
        known = SQL("(SELECT * FROM %s WHERE company_id = %s)", table, company.id)
        good = SQL("(SELECT * FROM %s WHERE outcome IN ('new', 'unchanged'))", STAGING)
        pairs = [(known, SQL("left(other.%s, 1) = '0'", code))] if known_have else []
        if rows_have:
            pairs.append((known, SQL("left(staging.%s, 1) = '0'", code)))
            # nobody knows which of two rows is right
            pairs.append((good, SQL("'0' IN (left(staging.%s, 1), left(other.%s, 1))", code, code)))
        return sum(self._reject_like(relation, known, same, last, zeros) for relation, zeros in pairs)

    def _reject_like(self, relation, known, same, last, zeros):
        """Reject rows that are not known, but like one of a relation `other` except for zeros before a code; how many.

        :param SQL known: the known records
        :param same: columns that agree
        :param last: column of the code
        """
        heading = next(column.heading for column in self._columns if column.name == last)
        message = self.env._(
            "it is known as “%(known)s”: a spreadsheet has taken away or added the zeros before it; format the column "
            "as text and export the file again",
            known="\0",
        )
        before, after = str(message).split("\0")
        fault = SQL(
            """(SELECT DISTINCT ON (staging.row_number) staging.row_number, %(heading)s::text AS heading,
                       'key' AS reason, %(before)s || other.%(code)s || %(after)s AS message
                  FROM %(staging)s AS staging JOIN %(relation)s AS other ON %(same)s
                 WHERE staging.outcome = 'new' AND other.%(code)s <> staging.%(code)s
                   AND ltrim(other.%(code)s, '0') = ltrim(staging.%(code)s, '0') AND %(zeros)s
                   AND NOT EXISTS (SELECT FROM %(known)s AS other WHERE other.%(code)s = staging.%(code)s AND %(same)s)
               ) AS fault""",
            heading=heading,
            before=before,
            after=after,
            code=SQL.identifier(last),
            staging=STAGING,
            relation=relation,
            known=known,
            same=self._agreeing(same),
            zeros=zeros,
        )
        return self._set_rejected(fault, SQL("staging.row_number = fault.row_number"))

    @staticmethod
    def _agreeing(columns) -> SQL:
        """Return the condition that a row `staging` and a record `other` have the same values in the columns."""
        if not columns:
            return SQL("TRUE")
        names = map(SQL.identifier, columns)
        return SQL(" AND ").join(SQL("other.%s = staging.%s", name, name) for name in names)

    def _reject(self, row_number, heading, reason, message):
        """Reject a row after it was staged."""
        self._set_rejected(
            SQL("(VALUES (%s, %s, %s)) AS fault (heading, reason, message)", heading, reason, message),
            SQL("staging.row_number = %s", row_number),
        )

    def _set_rejected(self, faults, condition):
        """Mark the rows `staging` that meet a condition with their `fault`: heading, reason, message; how many."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s AS staging
                   SET outcome = 'rejected', record_id = NULL, fault_column = fault.heading,
                       fault_reason = fault.reason, fault_message = fault.message
                  FROM %s
                 WHERE %s
                """,
                STAGING,
                faults,
                condition,
            )
        )
        return self.env.cr.rowcount

    # ------------------------------------------------------------------
    # Distinct values
    # ------------------------------------------------------------------

    def _full_rows(self):
        """The staged rows, each with all its columns, as a relation."""
        thing_of = {name: thing for thing, described in self._repeated.items() for name in described}
        columns = [SQL.identifier(thing_of.get(column.name, "staging"), column.name) for column in self._columns]
        joins = [
            SQL(
                " JOIN %s AS %s ON %s = %s",
                distinct_table(thing),
                SQL.identifier(thing),
                SQL.identifier(thing, "row_number"),
                SQL.identifier("staging", row_column),
            )
            for thing, row_column in self._row_columns().items()
        ]
        return SQL(
            "(SELECT staging.row_number, %s, staging.fault_message FROM %s AS staging%s)",
            SQL(", ").join(columns),
            STAGING,
            SQL().join(joins),
        )

    def _distinct(self, thing):
        """The distinct values of a thing in the rows, as a relation.

        :return: `first_row`, the row that the staged rows name; the first good `row_number` with the values; and the
            columns of the thing
        """
        return SQL(
            "(SELECT row_number AS first_row, COALESCE(good_row, row_number) AS row_number, %s FROM %s)",
            names(self._repeated[thing]),
            distinct_table(thing),
        )

    def _drop_values_of_rejected(self):
        """Leave only the values that good rows have."""
        for thing, row_column in self._row_columns().items():
            self.env.cr.execute(
                SQL(
                    """
                    WITH good AS MATERIALIZED (
                        SELECT %(row_column)s AS first_row, min(row_number) AS row_number
                          FROM %(staging)s WHERE outcome IN ('new', 'unchanged') GROUP BY 1
                    ), dropped AS (
                        DELETE FROM %(values)s AS value
                         WHERE NOT EXISTS (SELECT FROM good WHERE good.first_row = value.row_number)
                    )
                    UPDATE %(values)s AS value SET good_row = good.row_number
                      FROM good WHERE good.first_row = value.row_number AND good.row_number <> value.row_number
                    """,
                    row_column=SQL.identifier(row_column),
                    staging=STAGING,
                    values=distinct_table(thing),
                )
            )

    def _key_text(self):
        """SQL of a row's key as a person reads it; an empty part stays empty."""
        return SQL(" || ' / ' || ").join(SQL("COALESCE(%s::text, '')", SQL.identifier(name)) for name in self._key)
