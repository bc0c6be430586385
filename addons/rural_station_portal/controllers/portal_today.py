from odoo import http

from .page import StationPage


class StationToday(StationPage, http.Controller):
    @http.route("/my/station", type="http", auth="user", website=True, readonly=True)
    def today(self, **_arguments):
        """Show what the station has to do now (ST-11)."""
        return self._show("today_page", "station_today", station=self._my_station())
