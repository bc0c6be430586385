from odoo import models
from odoo.tools import SQL

from ..sql import STAGING, names


class RuralLoadStaging(models.AbstractModel):
    """What is checked in the staged rows, and how they tell what they say."""

    _inherit = "rural.load.staging"

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
                content=names(column.name for column in self._columns),
                written=self._rows_as_written(),
                staging=STAGING,
                reason="conflicting key",
                heading=" + ".join(column.heading for column in self._columns if column.name in self._key),
                message=self.env._("the same key stands in the file more than once, with different content"),
            )
        )

    def _contradictions(self):
        """What is wrong with a row by its own cells: (SQL condition, heading, reason, message), in the order of checks.

        The database finds out while it takes the row in, with the next rows still being read.
        """
        return []

    def _reject_contradictions(self):
        """Reject the rows whose cells contradict one another."""
        contradicting = SQL("(SELECT row_number, contradiction AS fault FROM %s WHERE outcome = 'new')", STAGING)
        self._reject_faults(contradicting, self._contradictions())

    def _reject_faults(self, rows, faults):
        """Reject rows.

        :param SQL rows: relation of `row_number` and `fault`, the number of the fault or NULL
        :param list faults: (condition, heading, reason, message) of the faults from number 1 on
        """
        if not faults:
            return
        _conditions, headings, reasons, messages = zip(*faults, strict=True)
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s AS staging
                   SET outcome = 'rejected', record_id = NULL, fault_column = fault.heading,
                       fault_reason = fault.reason, fault_message = fault.message
                  FROM %s AS faulty
                  JOIN unnest(%s, %s, %s) WITH ORDINALITY AS fault (heading, reason, message, number)
                    ON fault.number = faulty.fault
                 WHERE faulty.row_number = staging.row_number
                """,
                STAGING,
                rows,
                list(headings),
                list(reasons),
                list(map(str, messages)),
            )
        )

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

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    def _rows_as_written(self):
        """The staged rows, each with all that it says, as a relation."""
        said_by = {name: thing for thing, names in self._said_once.items() for name in names}
        columns = [SQL.identifier(said_by.get(column.name, "staging"), column.name) for column in self._columns]
        sayings = [
            SQL(
                " JOIN %s AS %s ON %s = %s",
                STAGING,
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
        """What the new rows say of a thing, each only once, as a relation.

        :return: `saying_row`, the row that the staged rows name; the first `row_number` among the new rows that say
            so; and the columns of the thing
        """
        columns = names(self._said_once[thing], "said")
        return SQL(
            """(SELECT said.row_number AS saying_row, said.row_number, %(columns)s
                  FROM %(staging)s AS said WHERE said.%(saying_row)s = said.row_number AND said.outcome = 'new'
             UNION ALL
                SELECT said.row_number, min(staging.row_number), %(columns)s
                  FROM %(staging)s AS said
                  JOIN %(staging)s AS staging ON staging.%(saying_row)s = said.row_number AND staging.outcome = 'new'
                 WHERE said.outcome <> 'new'
              GROUP BY said.row_number, %(columns)s)""",
            columns=columns,
            saying_row=SQL.identifier(self._saying_rows()[thing]),
            staging=STAGING,
        )

    def _key_text(self):
        """SQL of a row's key as a person reads it; an empty part stays empty."""
        return SQL(" || ' / ' || ").join(SQL("COALESCE(%s::text, '')", SQL.identifier(name)) for name in self._key)
