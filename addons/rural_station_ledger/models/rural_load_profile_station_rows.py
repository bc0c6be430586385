from dataclasses import dataclass
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_bulk.columns import CellError, RowError
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

    # ------------------------------------------------------------------
    # One row, as a person enters it
    # ------------------------------------------------------------------

    @api.model
    def _read_one(self, company, cells, checks, computed) -> dict:
        """Return the values of one row that no file brings, refused by the same checks in the same order.

        :param dict cells: by the name of the column
        :param checks: as `_checks` gives them
        :param computed: SQL of values that are reckoned from the row, by name
        :return: text, days as text, numbers as Decimal, None where there is nothing
        :raises RowError: the first check that the row does not pass
        """
        texts, faults = {}, {}
        for column in self._columns:
            texts[column.name] = None
            try:
                texts[column.name] = column.read(cells.get(column.name)) or None
            except CellError as error:
                faults[column.name] = RowError(column.heading, column.reason, self.env._(error.args[0]))
        row = SQL(", ").join(
            SQL("%s::%s AS %s", texts[column.name], SQL(column.kind.sql_type), SQL.identifier(column.name))
            for column in self._columns
        )
        conditions = [check.condition for check in checks if isinstance(check, Check)]
        [found] = self.env.execute_query(
            SQL(
                "SELECT ARRAY[%s]::boolean[], %s FROM (SELECT %s) AS staging"
                " LEFT JOIN rural_station AS station"
                " ON station.code = staging.station_code AND station.company_id = %s",
                SQL(", ").join(conditions),
                SQL(", ").join(SQL("(%s)::text", value) for value in computed.values()),
                row,
                company.id,
            )
        )
        failed = dict(zip(map(id, (check for check in checks if isinstance(check, Check))), found[0], strict=True))
        for check in checks:
            if isinstance(check, str) and check in faults:
                raise faults[check]
            if isinstance(check, Check) and failed[id(check)]:
                raise RowError(check.heading, check.reason, check.message)
        for fault in faults.values():
            raise fault
        values = {
            column.name: column.kind.value(texts[column.name]) if texts[column.name] is not None else None
            for column in self._columns
        }
        return values | {
            name: Decimal(value) if value is not None else None for name, value in zip(computed, found[1:], strict=True)
        }
