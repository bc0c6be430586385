from odoo import http
from odoo.http import request

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page

from .page import StationPage

SHOWN = 14


class StationCash(StationPage, http.Controller):
    @http.route("/my/station/cash", type="http", auth="user", website=True, methods=["GET", "POST"])
    def cash(self, station=None, counted="", reason="", **_arguments):
        """Show what the ledger says of today's cash, and take what was counted (ST-12)."""
        own, errors = self._my_station(station), []
        if request.httprequest.method == "POST":
            with page.refusals(errors):
                own._cash_count(counted.strip(), reason)
            if not errors:
                return request.redirect("/my/station/cash?done=counted")
        counts = request.env["rural.station.cash.count"].search(
            [("station_id", "=", own.id), ("state", "=", "stands")], limit=SHOWN
        )
        return self._show(
            "cash_page",
            "station_ledger",
            station=own,
            expected=None if own._has_ended() else own._expected_cash(),
            counts=counts.sudo(),
            today=china_time.today(),
            entered={"counted": counted, "reason": reason},
            errors=errors,
        )
