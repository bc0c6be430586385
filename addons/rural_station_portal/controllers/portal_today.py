from odoo import http

from odoo.addons.rural_base import china_time

from .page import StationPage
from .portal_notices import unread_notices


class StationToday(StationPage, http.Controller):
    @http.route("/my/station", type="http", auth="user", website=True, readonly=True)
    def today(self, **_arguments):
        """Show what the station has to do now, and how it stands (ST-11)."""
        station = self._my_station()
        line = station._portal_ranking_lines()[:1]
        return self._show(
            "today_page",
            "station_today",
            station=station,
            today=china_time.today(),
            to_do=station._portal_to_do(),
            unread_notice_count=unread_notices(),
            turnover=station._portal_month_turnover(),
            line=line,
            place=line and station._portal_place(line),
        )
