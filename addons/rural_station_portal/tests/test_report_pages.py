import io
from datetime import date

from freezegun import freeze_time
from PIL import Image

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.rural_station_ledger.tests.common import LedgerCase

MONDAY = date(2026, 3, 2)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")  # 18:00 in China
class TestReportPages(LedgerCase, HttpCase):
    """A report from its page to the area partner's, and what nobody else sees (ST-05, ST-11)."""

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path):
        return self.url_open(path, allow_redirects=False)

    def send(self, files=None, day=MONDAY, **values):
        hours = {"opens_at": "08:00", "closes_at": "16:00"}
        values = {**hours, "day": f"{day}", "csrf_token": Request.csrf_token(self), **values}
        path = f"/my/station/report?station={self.station.id}"
        return self.url_open(path, data=values, files=files, allow_redirects=False)

    def reports(self):
        return self.env["rural.station.report"].search([("station_id", "=", self.station.id)])

    def test_st05_a_report_is_filled_with_the_ledger_and_handed_in(self):
        self.load_platform(self.sold("T1", "1234.00", "2026-03-02"))
        self.log_in(self.partner_user)
        self.assertIn("1,234.00", self.page("/my/station/report").text)
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), "green").save(stream, "JPEG")
        photo = {"photo": ("站点.jpg", stream.getvalue(), "image/jpeg")}
        response = self.send(photo, visitors="7", problems="秤坏了", pause="30")
        self.assertEqual(response.status_code, 303)
        report = self.reports()
        self.assertEqual((report.outcome, report.minutes, report.visitors), ("on_time", 450, 7))
        self.assertIn("秤坏了", self.page(response.headers["Location"]).text)
        self.assertEqual(self.page(f"/my/station/report/{report.id}/photo").headers["Content-Type"], "image/jpeg")
        self.log_in(self.area_user)
        self.assertIn("秤坏了", self.page("/my/area/reports").text)
        self.assertIn("1,234.00", self.page(f"/my/area/reports/{report.id}").text)
        self.assertEqual(self.page(f"/my/area/reports/{report.id}/photo").status_code, 200)

    def test_st05_what_is_wrong_is_said_and_the_rest_stays(self):
        self.log_in(self.partner_user)
        pdf = {"photo": ("站点.jpg", b"%PDF-1.7 ... startxref 9 %%EOF", "image/jpeg")}
        for files, values in (
            (None, {"closes_at": "07:00"}),
            (None, {"closes_at": "25:00"}),
            (None, {"pause": "900"}),
            (None, {"day": "2026-03-03"}),
            (pdf, {}),
        ):
            page = self.send(files, problems="没有网络", **values).text
            self.assertEqual(page.count("alert-danger"), 1, values)
            self.assertIn("没有网络", page)
        self.assertFalse(self.reports())

    def test_st05_a_second_one_with_the_same_hours_says_so(self):
        self.log_in(self.partner_user)
        self.send()
        with freeze_time("2026-03-02 10:10:00"):
            response = self.send()
            self.assertIn("alert-info", self.page(response.headers["Location"]).text)

    def test_st11_pages_of_other_stations_and_areas_do_not_exist(self):
        self.log_in(self.partner_user)
        self.send()
        report = self.reports()
        self.assertEqual(self.page(f"/my/station/report?station={self.other.id}").status_code, 404)
        self.assertEqual(self.page("/my/area").status_code, 404)
        self.assertEqual(self.page("/my/area/reports").status_code, 404)
        stranger = self._new_partner_user("report_stranger")
        self.other.partner_id = stranger.partner_id
        self.log_in(stranger)
        for path in (f"/my/station/report/{report.id}", f"/my/station/report/{report.id}/photo"):
            self.assertEqual(self.page(path).status_code, 404)
        self.log_in(self.area_user)
        self.assertEqual(self.page(f"/my/station/report/{report.id}").status_code, 404)
        self.assertEqual(self.send().status_code, 404)

    def test_st11_the_area_partner_sees_who_has_not_reported_and_calls(self):
        self.partner_user.partner_id.phone = "13900001111"
        self.env["rural.station.problem"].create({"name": "招牌掉了", "station_id": self.station.id})
        self.log_in(self.area_user)
        page = self.page("/my/area").text
        self.assertIn("o_report_waiting", page)
        self.assertIn("tel:13900001111", page)
        self.as_user(self.station, self.partner_user)._hand_in_report(
            MONDAY, {"opens_at": "08:00", "closes_at": "16:00"}
        )
        overview = self.as_user(self.area, self.area_user)._portal_overview()
        self.assertEqual(overview["counts"]["on_time"], 1)
        [card] = overview["cards"]
        self.assertEqual([day.state for _day, day in card["week"]], ["on_time"])
        self.assertEqual((card["inspections"]["due"], card["problems"]), (3, 1))
        self.assertNotIn("o_report_waiting", self.page("/my/area").text)
