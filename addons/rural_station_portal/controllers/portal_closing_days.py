from odoo import http
from odoo.http import request

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page

from .page import StationPage

SHOWN = 30


class StationClosingDays(StationPage, http.Controller):
    @http.route("/my/station/closing", type="http", auth="user", website=True, methods=["GET", "POST"])
    def closing_days(self, station=None, first="", last="", reason="", **_arguments):
        """Show the days on which the station asked to stay shut, and take a new request (ST-05)."""
        own, errors = self._my_station(station), []
        if request.httprequest.method == "POST":
            with page.refusals(errors):
                own._ask_closing_days(first, last, reason)
            if not errors:
                return request.redirect("/my/station/closing?done=closing_asked")
        entered = {"first": first, "last": last, "reason": reason}
        return self._show_days(own, errors, entered)

    @http.route("/my/station/closing/<int:days_id>/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def withdraw(self, days_id, **_arguments):
        """Take a request back."""
        own, errors = self._my_station(), []
        days = page.get_visible("rural.station.closing.day", days_id)
        self._my_station(days.station_id.id)
        with page.refusals(errors):
            days.sudo(False)._withdraw_as_station()
        if errors:
            return self._show_days(own, errors, {})
        return request.redirect("/my/station/closing?done=withdrawn")

    def _show_days(self, own, errors, entered):
        days = request.env["rural.station.closing.day"].search([("station_id", "=", own.id)], limit=SHOWN)
        return self._show(
            "closing_days_page",
            "station_more",
            station=own,
            days=days.sudo(),
            today=china_time.today(),
            entered=entered,
            errors=errors,
        )
