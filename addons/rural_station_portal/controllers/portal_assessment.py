from odoo import http
from odoo.http import request

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page

from .page import StationPage

SHOWN = 12


class StationAssessment(StationPage, http.Controller):
    @http.route("/my/station/assessment", type="http", auth="user", website=True, readonly=True)
    def assessment(self, station=None, **_arguments):
        """Show what the monthly assessments found, and what is to be put right (ST-08, ST-09)."""
        own = self._my_station(station)
        domain = [("station_id", "=", own.id)]
        return self._show(
            "assessment_page",
            "station_more",
            station=own,
            forms=request.env["rural.station.assessment"].search(domain, limit=SHOWN).sudo(),
            orders=request.env["rural.station.rectification"].search(domain, limit=SHOWN).sudo(),
        )

    @http.route("/my/station/leaving", type="http", auth="user", website=True, methods=["GET", "POST"])
    def leaving(self, station=None, last_day="", reason="", **_arguments):
        """Show how far an exit is, and take the request to leave (ST-10)."""
        own, errors = self._my_station(station), []
        if request.httprequest.method == "POST":
            with page.refusals(errors):
                request.env["rural.station.exit"]._ask_as_partner(own, last_day, reason)
            if not errors:
                return request.redirect("/my/station/leaving?done=exit_asked")
        return self._show_leaving(own, errors, {"last_day": last_day, "reason": reason})

    @http.route("/my/station/leaving/<int:exit_id>/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def withdraw_exit(self, exit_id, **_arguments):
        """Take the request to leave back, as long as nobody has decided it."""
        errors = []
        leaving = page.get_visible("rural.station.exit", exit_id)
        own = self._my_station(leaving.sudo().station_id.id)
        with page.refusals(errors):
            leaving.sudo(False)._withdraw_as_partner()
        if errors:
            return self._show_leaving(own, errors, {})
        return request.redirect("/my/station/leaving?done=withdrawn")

    def _show_leaving(self, own, errors, entered):
        exits = request.env["rural.station.exit"].search([("station_id", "=", own.id)], limit=SHOWN)
        return self._show(
            "leaving_page",
            "station_more",
            station=own,
            exits=exits.sudo(),
            is_leaving=any(leaving.state in ("requested", "running") for leaving in exits),
            today=china_time.today(),
            entered=entered,
            errors=errors,
        )
