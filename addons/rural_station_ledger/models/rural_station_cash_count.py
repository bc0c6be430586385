from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_compare

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.columns import CellError, Day, Number

from .entry.entry import PAID_IN_CASH


class RuralStationCashCount(models.Model):
    """The cash of a station at a day's end: what its entries say, what was counted, and why the two differ (ST-12).

    One a day stands. A correction is a row of its own; the former one stays as it was.
    """

    _name = "rural.station.cash.count"
    _description = "Cash Count of a Station"
    _inherit = ["rural.step.mixin", "rural.explanation.mixin"]
    _order = "day desc, id desc"
    _deletable_states = ()
    _editable_states = ()

    station_id = fields.Many2one("rural.station", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="station_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one(related="station_id.area_id")
    day = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [("stands", "Stands"), ("replaced", "Replaced")], required=True, readonly=True, default="stands"
    )
    taken = fields.Monetary(readonly=True, help="What villagers paid on that day, by the ledger.")
    paid_back = fields.Monetary(readonly=True, help="What villagers got back on that day, by the ledger.")
    expected = fields.Monetary(readonly=True)
    counted = fields.Monetary(readonly=True)
    difference = fields.Monetary(readonly=True)
    reason = fields.Text("Why They Differ", readonly=True)
    counted_by_id = fields.Many2one("res.users", required=True, readonly=True)
    counted_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    replaces_id = fields.Many2one(
        "rural.station.cash.count", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    _standing_once = models.UniqueIndex("(station_id, day) WHERE state = 'stands'", "One count of a day stands.")
    _adds_up = models.Constraint(
        "CHECK (expected = taken - paid_back AND difference = counted - expected)", "The amounts of a count add up."
    )

    @api.depends("station_id.name", "day")
    def _compute_display_name(self):
        for count in self:
            count.display_name = f"{count.station_id.name} {count.day}"

    # ------------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------------

    @api.model
    def _enter(self, station, counted, day, reason):
        """Enter a count; see `_cash_count` of the station."""
        self.env["rural.station.entry"]._lock_entries(station.company_id)
        counted, day = self._read_counted(counted), self._read_day(day)
        former = self.search([("station_id", "=", station.id), ("day", "=", day), ("state", "=", "stands")])
        reason = (reason or "").strip()
        figures = self._expected_on(station, day)
        difference = round(counted - figures["expected"], 2)
        if (former or float_compare(difference, 0, 2)) and not reason:
            raise UserError(
                self.env._("This day has been counted already: say what was wrong with that count.")
                if former
                else self.env._(
                    "Counted are %(counted)s, the ledger says %(expected)s: say why they differ.",
                    counted=f"{counted:.2f}",
                    expected=f"{figures['expected']:.2f}",
                )
            )
        former.state = "replaced"
        former.flush_recordset(["state"])
        return self.create(
            {
                **figures,
                "station_id": station.id,
                "day": day,
                "counted": counted,
                "difference": difference,
                "reason": reason,
                "counted_by_id": self.env.uid,
                "replaces_id": former.id,
            }
        )

    @api.model
    def _read_counted(self, counted) -> float:
        try:
            text = Number(2).read(counted if isinstance(counted, str) else f"{counted:f}")
        except (CellError, TypeError, ValueError) as error:
            fault = self.env._(error.args[0]) if isinstance(error, CellError) else self.env._("is missing")
            raise UserError(self.env._("Counted: %s", fault)) from error
        if not text or float(text) < 0:
            raise UserError(self.env._("Counted: the cash is 0 or more."))
        return float(text)

    @api.model
    def _read_day(self, day):
        try:
            day = fields.Date.to_date(Day().read(day or china_time.today()))
        except CellError as error:
            raise UserError(self.env._(error.args[0])) from error
        if day > china_time.today():
            raise UserError(self.env._("%s is yet to come.", day))
        return day

    @api.model
    def _expected_on(self, station, day) -> dict:
        """Return what a station took and paid back in cash on a day by its ledger: taken, paid_back, expected.

        Taken are the amounts of what was bought, of bills and bookings, and all service charges; the money for what
        was sold comes from the platform.
        """
        self.env.flush_all()
        [[taken, paid_back]] = self.env.execute_query(
            SQL(
                """
                WITH cash AS (
                    SELECT paid_on, paid_back_on,
                           CASE WHEN kind IN %(kinds)s THEN COALESCE(amount, 0) ELSE 0 END + COALESCE(charge, 0) AS cash
                      FROM rural_station_entry
                     WHERE station_id = %(station)s AND source = 'station'
                           AND (paid_on = %(day)s OR paid_back_on = %(day)s)
                )
                SELECT COALESCE(sum(cash) FILTER (WHERE paid_on = %(day)s AND cash > 0), 0),
                       COALESCE(sum(cash) FILTER (WHERE paid_back_on = %(day)s), 0)
                       - COALESCE(sum(cash) FILTER (WHERE paid_on = %(day)s AND cash < 0), 0)
                  FROM cash
                """,
                kinds=PAID_IN_CASH,
                station=station.id,
                day=day,
            )
        )
        return {"taken": taken, "paid_back": paid_back, "expected": round(taken - paid_back, 2)}

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("taken", "paid_back", "counted", "difference")

    def _explain(self):
        """ST-12: how the expected cash comes about."""
        self.ensure_one()
        return {
            "clause": "ST-12",
            "sentence": self.env._(
                "Villagers paid %(taken)s and got %(paid_back)s back, by the ledger: %(expected)s. Counted were "
                "%(counted)s: %(difference)s.",
                taken=self._amount(self.taken),
                paid_back=self._amount(self.paid_back),
                expected=self._amount(self.expected),
                counted=self._amount(self.counted),
                difference=self._amount(self.difference),
            ),
        }
