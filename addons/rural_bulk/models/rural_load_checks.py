from odoo import models
from odoo.tools import SQL

from ..sql import STAGING, names, said

#: The temporary table of what is wrong with the cells of rows.
FAULTY = SQL.identifier("rural_load_faulty")


class RuralLoadStaging(models.AbstractModel):
    """What is checked in the staged rows, and how they tell what they say."""

    _inherit = "rural.load.staging"

    def _reject_rows(self):
        """Reject the rows that cannot be taken, tell duplicates; how many are not good."""
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
                              FROM %(written)s AS written JOIN repeated USING (%(key)s)) AS rows
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
                written=self._rows_as_written(),
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
    # Telling
    # ------------------------------------------------------------------

    def _rows_as_written(self):
        """The staged rows, each with all that it says, as a relation."""
        said_by = {name: thing for thing, said_names in self._said_once.items() for name in said_names}
        columns = [SQL.identifier(said_by.get(column.name, "staging"), column.name) for column in self._columns]
        sayings = [
            SQL(
                " JOIN %s AS %s ON %s = %s",
                said(thing),
                SQL.identifier(thing),
                SQL.identifier(thing, "row_number"),
                SQL.identifier("staging", saying_row),
            )
            for thing, saying_row in self._saying_rows().items()
        ]
        return SQL(
            "(SELECT staging.row_number, %s, staging.fault_message FROM %s AS staging%s)",
            SQL(", ").join(columns),
            STAGING,
            SQL().join(sayings),
        )

    def _sayings(self, thing):
        """What rows say of a thing, each only once, as a relation.

        :return: `saying_row`, the row that the staged rows name; the first good `row_number` that says so; and the
            columns of the thing
        """
        return SQL(
            "(SELECT row_number AS saying_row, COALESCE(good_row, row_number) AS row_number, %s FROM %s)",
            names(self._said_once[thing]),
            said(thing),
        )

    def _forget_bad_sayings(self):
        """Only what good rows say counts."""
        for thing, saying_row in self._saying_rows().items():
            self.env.cr.execute(
                SQL(
                    """
                    WITH good AS MATERIALIZED (
                        SELECT %(saying_row)s AS saying_row, min(row_number) AS row_number
                          FROM %(staging)s WHERE outcome = 'new' GROUP BY 1
                    ), forgotten AS (
                        DELETE FROM %(said)s AS said
                         WHERE NOT EXISTS (SELECT FROM good WHERE good.saying_row = said.row_number)
                    )
                    UPDATE %(said)s AS said SET good_row = good.row_number
                      FROM good WHERE good.saying_row = said.row_number AND good.row_number <> said.row_number
                    """,
                    saying_row=SQL.identifier(saying_row),
                    staging=STAGING,
                    said=said(thing),
                )
            )

    def _key_text(self):
        """SQL of a row's key as a person reads it; an empty part stays empty."""
        return SQL(" || ' / ' || ").join(SQL("COALESCE(%s::text, '')", SQL.identifier(name)) for name in self._key)
