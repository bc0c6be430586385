from datetime import timedelta

from odoo import http

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page
from odoo.addons.rural_station_ledger.models.report.handing_in import clock_text

from .days import day_text, read_day, weekday_text
from .page import StationPage


class AreaHome(StationPage, http.Controller):
    @http.route("/my/area", type="http", auth="user", website=True, readonly=True)
    def area(self, area=None, **_arguments):
        """Show the stations of an area, and which of them need a look (ST-11)."""
        area = self._my_area(area)
        return self._show(
            "area_page",
            "area_home",
            area=area,
            areas=self._my_areas().sudo(),
            today=china_time.today(),
            day_text=day_text,
            weekday_text=weekday_text,
            **area._portal_overview(),
        )

    @http.route("/my/area/reports", type="http", auth="user", website=True, readonly=True)
    def reports(self, area=None, day="", **_arguments):
        """Show who has reported of a day and who has not (ST-05)."""
        area, today = self._my_area(area), china_time.today()
        day = min(read_day(day) or today, today)
        return self._show(
            "area_reports_page",
            "area_reports",
            area=area,
            areas=self._my_areas().sudo(),
            day=day,
            today=today,
            before=day - timedelta(days=1),
            after=day + timedelta(days=1),
            days=area._portal_day(day),
            day_text=day_text,
            clock_text=clock_text,
            china_time=page.china_time,
        )

    @http.route("/my/area/reports/<int:report_id>", type="http", auth="user", website=True, readonly=True)
    def report(self, report_id, **_arguments):
        """Show a report of one of the stations."""
        report = page.get_visible("rural.station.report", report_id)
        station = self._my_area_station(report.station_id.id)
        return self._show(
            "report_facts_page", "area_reports", area=station.area_id, report=report, day_text=day_text,
            clock_text=clock_text, back=f"/my/area/reports?area={station.area_id.id}&day={report.day}",
        )  # fmt: skip
