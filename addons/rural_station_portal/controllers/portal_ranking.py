from odoo import http

from .page import StationPage


class StationRanking(StationPage, http.Controller):
    @http.route("/my/station/ranking", type="http", auth="user", website=True, readonly=True)
    def ranking(self, month=None, **_arguments):
        """Show the station's own place, who is before and behind it, and what is missing (ST-07)."""
        station = self._my_station()
        lines = station._portal_ranking_lines()
        line = lines.filtered(lambda each: f"{each.month:%Y-%m}" == month)[:1] or lines[:1]
        return self._show(
            "ranking_page",
            "station_more",
            station=station,
            lines=lines,
            line=line,
            place=line and station._portal_place(line),
        )
