from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_bulk.sql import STAGING, names

FAULTY = SQL.identifier("rural_station_row_faulty")


@dataclass(frozen=True)
class Check:
    """Something that rejects a row whose cells can be read: the SQL of its condition, on `staging` and `station`."""

    condition: SQL
    heading: str
    reason: str
    message: str


class RuralLoadProfileStationRows(models.AbstractModel):
    """Rows of what stations do, each rejected by the first check of the rule that it does not pass.

    A concrete profile has a column `station_code` and names its checks in `_checks`.
    """

    _name = "rural.load.profile.station_rows"
    _inherit = "rural.load.profile"
    _description = "Load of Rows of Stations"

    def _checks(self) -> list:
        """Hook: return what rejects a row, in the rule's order: names of columns (malformed or missing), and checks."""
        raise NotImplementedError

    def _reject_rows(self):
        """Leave the rows to the merge, which looks at them in the order of the rule (ST-12)."""
        return 0

    def _reject_by_checks(self, company):
        """Reject each row by the first check that it does not pass, also before a cell that could not be read."""
        order = self._checks()
        checks = [check for check in order if isinstance(check, Check)]
        reason_of = {column.name: column.reason for column in self._columns}
        cases = []
        for number, check in enumerate(checks, start=1):
            later = [reason_of[name] for name in order[order.index(check) :] if isinstance(name, str)]
            cases.append(
                SQL(
                    "WHEN (staging.outcome = 'new' OR staging.fault_reason = ANY(%s)) AND (%s) THEN %s",
                    later,
                    check.condition,
                    number,
                )
            )
        checked = SQL(
            """(SELECT staging.row_number, CASE %s END AS number
                  FROM %s AS staging
             LEFT JOIN rural_station AS station
                    ON station.code = staging.station_code AND station.company_id = %s) AS checked""",
            SQL(" ").join(cases),
            STAGING,
            company.id,
        )
        self._reject_faults(
            [(check.condition, check.heading, check.reason, check.message) for check in checks],
            SQL("checked.row_number = staging.row_number AND checked.number = fault.number"),
            checked,
        )

    def _reject_repeated_keys(self):
        """Reject good rows with one key and different content; the others keep the fault that they have."""
        kept = names(("row_number", "fault_column", "fault_reason", "fault_message"))
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", FAULTY))
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WHERE outcome = 'rejected'",
                FAULTY,
                kept,
                STAGING,
            )
        )
        count = super()._reject_repeated_keys()
        self.env.cr.execute(
            SQL(
                """UPDATE %s AS staging SET fault_column = faulty.fault_column, fault_reason = faulty.fault_reason,
                                            fault_message = faulty.fault_message
                     FROM %s AS faulty
                    WHERE faulty.row_number = staging.row_number AND staging.outcome = 'rejected'""",
                STAGING,
                FAULTY,
            )
        )
        return count

    def _unknown_station(self):
        return Check(SQL("station.id IS NULL"), "站点编码", "station", self.env._("no station has this code"))
