from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

#: What a villager's order waits for: the station orders it, receives it, or hands it over.
TO_GET = ("recorded", "ordered")
TO_HAND_OVER = ("received", "notified")


class RuralStation(models.Model):
    """What the partner of a station has to do now (ST-11)."""

    _inherit = "rural.station"

    def _portal_to_do(self) -> dict:
        """Return what waits at the station.

        Keys: `orders_to_get`, `orders_to_hand_over`, `parcels`, `lying` (of them and of the orders, too long), `sales`
        (goods of villagers that are not sold yet), `report` (is due today and not handed in), `cash` (of
        today, see `_expected_cash`; None for a station that has ended) and `deposit` (what is to be paid of it).
        """
        self.ensure_one()
        entries = self.env["rural.station.entry"].sudo()
        counts = self._portal_open_counts()
        return {
            "orders_to_get": sum(counts.get(("buying", state), 0) for state in TO_GET),
            "orders_to_hand_over": sum(counts.get(("buying", state), 0) for state in TO_HAND_OVER),
            "parcels": counts.get(("parcel_in", "recorded"), 0),
            "sales": sum(count for (kind, _state), count in counts.items() if kind == "selling"),
            "lying": entries.search_count(entries._lying_domain() & Domain("station_id", "=", self.id)),
            "report": self._portal_lacks_report(),
            "cash": None if self._has_ended() else self._expected_cash(),
            "deposit": self._portal_deposit().shortfall,
        }

    def _portal_open_counts(self) -> dict:
        """Return how many entries of the last year are not finished, by kind and state."""
        domain = Domain("station_id", "=", self.id) & Domain("source", "=", "station")
        domain &= Domain("outcome", "=", "not_finished") & Domain("kind", "in", ("buying", "selling", "parcel_in"))
        domain &= Domain("day", ">=", china_time.today() - relativedelta(years=1))
        rows = self.env["rural.station.entry"].sudo()._read_group(domain, ["kind", "state"], ["__count"])
        return {(kind, state): count for kind, state, count in rows}

    def _portal_lacks_report(self) -> bool:
        """Tell whether a report is due today that the station has not handed in (ST-05)."""
        today = china_time.today()
        day = self._report_days(today, today)[self.id].get(today)
        return bool(day) and day["is_due"] and not day["outcome"]
