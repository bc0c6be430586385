from datetime import timedelta

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page
from odoo.addons.rural_station_ledger.models.report.handing_in import clock_text

from .days import day_text, read_day
from .page import StationPage

#: A telephone's photo may be too big; it is to be refused by a sentence, and the form shown again.
MOST_BYTES = 100 * 1024 * 1024
SHOWN_DAYS = 14


class StationReport(StationPage, http.Controller):
    @http.route(
        "/my/station/report",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MOST_BYTES,
    )
    def report(self, station=None, day="", **entered):
        """Show the daily report of a day, filled with the ledger's figures, and take it (ST-05)."""
        own, errors = self._my_station(station), []
        if day and not read_day(day):
            raise NotFound()
        day = read_day(day) or china_time.today()
        if request.httprequest.method == "POST":
            photo = request.httprequest.files.get("photo")
            vals = {**entered, "photo": (photo.filename, photo.read()) if photo else None}
            with page.refusals(errors):
                report = own._hand_in_report(day, vals)
            if not errors:
                return request.redirect(f"/my/station/report?station={own.id}&day={day}&handed_in={report.place}")
        return self._form(own, min(day, china_time.today()), entered if errors else {}, errors)

    def _form(self, own, day, entered, errors):
        reports = request.env["rural.station.report"].sudo()
        standing = reports.search([("station_id", "=", own.id), ("day", "=", day), ("is_standing", "=", True)], limit=1)
        first = china_time.today() - timedelta(days=SHOWN_DAYS)
        days = own._states_of_days(min(first, day), max(day, china_time.today()))
        proposal = own._report_proposal(day)
        if standing.minutes:
            hours = {name: clock_text(standing[name]) for name in ("opens_at", "closes_at")}
            proposal |= {**hours, "pause": standing.pause}
        return self._show(
            "report_page",
            "station_report",
            station=own,
            day=day,
            today=china_time.today(),
            day_of=days.get((own.id, day)),
            shown_days=sorted((each for each in days.values() if each.day >= first), key=lambda each: each.day)[::-1],
            missing=[each for each in own._missing_days() if each != day],
            report=standing,
            proposal=proposal,
            entered={**proposal, "visitors": "", **entered},
            is_entered=bool(entered),
            handed_in=request.params.get("handed_in"),
            errors=errors,
            max_megabytes=request.env["rural.document.mixin"].sudo()._max_megabytes(),
            day_text=day_text,
            clock_text=clock_text,
        )

    @http.route("/my/station/report/<int:report_id>", type="http", auth="user", website=True, readonly=True)
    def one(self, report_id, **_arguments):
        """Show a report as it was handed in."""
        report = page.get_visible("rural.station.report", report_id)
        own = self._my_station(report.station_id.id)
        return self._show(
            "report_facts_page", "station_report", station=own, report=report, day_text=day_text, clock_text=clock_text,
            back=f"/my/station/report?station={own.id}",
        )  # fmt: skip

    @http.route(
        [
            "/my/station/report/<int:report_id>/photo",
            "/my/area/reports/<int:report_id>/photo",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def photo(self, report_id, **_arguments):
        """Give the photo of a report."""
        report = page.get_visible("rural.station.report", report_id)
        return request.env["ir.binary"]._get_image_stream_from(report, "photo").get_response()
