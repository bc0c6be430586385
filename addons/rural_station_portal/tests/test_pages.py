from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.rural_base import china_time

from .common import StationPageCase

PAGES = ("", "/more", "/notices", "/ranking", "/closing")


@tagged("post_install", "-at_install")
class TestPages(StationPageCase):
    """The pages of a station as its partner sees them (ST-11)."""

    def test_st11_the_partner_lands_on_the_own_station(self):
        for who, place in (("own", "/my/station"), ("area", "/my/area"), ("nobody", "/my")):
            self.log_in("public")
            login = self.users[who].login
            response = self.send("/web/login", login=login, password=login)
            self.assertEqual(response.headers["Location"].split("?")[0].removeprefix(self.base_url()), place)
            self.assertEqual(self.page("/my/station").status_code, 200 if who == "own" else 404, who)
            self.assertEqual(self.page("/my/area").status_code, 200 if who == "area" else 404, who)
            self.assertEqual(self.page(place).status_code, 200, who)

    def test_st11_every_page_names_the_station(self):
        self.log_in("own")
        for path in PAGES:
            response = self.page(f"/my/station{path}")
            self.assertEqual(response.status_code, 200, path)
            self.assertIn(self.station.name, response.text)

    def test_st11_a_partner_of_several_stations_chooses(self):
        second = self.new_station("ZD009", partner_id=self.users["own"].partner_id.id, name="第二个站")
        self.log_in("own")
        self.assertIn(self.station.name, self.page("/my/station").text)
        self.assertIn(second.name, self.page("/my/station/choose").text)
        self.assertEqual(self.send("/my/station/choose", station=second.id).status_code, 303)
        self.assertIn(second.name, self.page("/my/station").text)
        with mute_logger("odoo.http"):
            self.assertEqual(self.send("/my/station/choose", station=self.sibling.id).status_code, 404)
        self.assertIn(second.name, self.page("/my/station").text)

    def test_st11_a_partner_whose_station_has_ended_reads_and_does_not_write(self):
        self.station.closed_on = china_time.today() - timedelta(days=1)
        self.log_in("own")
        self.assertEqual(self.page("/my/station").status_code, 200)
        self.assertNotIn('action="/my/station/closing"', self.page("/my/station/closing").text)
        response = self.send("/my/station/closing", first=f"{china_time.today()}", reason="走亲戚")
        self.assertIn("alert-danger", response.text)
        self.assertFalse(self.station.closing_day_ids)

    def test_st11_an_opened_notice_has_a_receipt(self):
        notice = self.new_notice()
        self.log_in("own")
        self.assertIn("通知", self.page("/my/station/notices").text)
        self.assertEqual(self.page(f"/my/station/notices/{notice.id}").status_code, 200)
        notice.invalidate_recordset()
        self.assertEqual(notice.receipt_ids.user_id, self.users["own"])

    def test_st05_closing_days_are_asked_for_and_taken_back(self):
        self.log_in("own")
        first = f"{china_time.today() + timedelta(days=2)}"
        response = self.send("/my/station/closing", first=first, reason="走亲戚", station=self.station.id)
        self.assertEqual(response.status_code, 303)
        days = self.station.closing_day_ids
        self.assertEqual((f"{days.date_from}", days.state), (first, "requested"))
        self.send(f"/my/station/closing/{days.id}/withdraw")
        days.invalidate_recordset()
        self.assertEqual(days.state, "withdrawn")
