from odoo.http import Request
from odoo.tests import tagged

from .common import StationPageCase


@tagged("post_install", "-at_install")
class TestAssessmentPages(StationPageCase):
    """What a partner reads of the assessment, and asks when leaving (ST-08 to ST-11)."""

    def ask(self, station, **vals):
        form = {"csrf_token": Request.csrf_token(self), "station": station.id, "last_day": "2099-01-31", **vals}
        return self.url_open("/my/station/leaving", data=form)

    def test_st10_a_partner_asks_to_leave_and_takes_it_back(self):
        self.log_in("own")
        answer = self.ask(self.station, reason="外出务工")
        self.assertIn("done=exit_asked", answer.url)
        leaving = self.station.exit_ids
        self.assertEqual((leaving.state, leaving.requested_by_id), ("requested", self.users["own"]))
        self.assertNotIn('name="last_day"', answer.text)
        self.url_open(f"/my/station/leaving/{leaving.id}/withdraw", data={"csrf_token": Request.csrf_token(self)})
        self.assertEqual(leaving.state, "cancelled")

    def test_st10_bad_input_is_said_on_the_page(self):
        self.log_in("own")
        for reason, last_day in ((" ", "2099-01-31"), ("外出务工", "2020-01-01"), ("外出务工", "x")):
            answer = self.ask(self.station, reason=reason, last_day=last_day)
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn("done=", answer.url)
        self.assertFalse(self.station.exit_ids)

    def test_st11_another_station_is_not_there(self):
        leaving = self.env["rural.station.exit"].create({"station_id": self.station.id, "reason": "外出务工"})
        for who in ("sibling", "nobody", "area"):
            self.log_in(who)
            self.assertEqual(self.ask(self.station, reason="外出").status_code, 404)
            form = {"csrf_token": Request.csrf_token(self)}
            answer = self.url_open(f"/my/station/leaving/{leaving.id}/withdraw", data=form)
            self.assertEqual(answer.status_code, 404)
            answer = self.url_open(f"/my/station/assessment?station={self.station.id}")
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(leaving.state, "requested")

    def test_st09_what_is_to_be_put_right(self):
        order = self.env["rural.station.rectification"].create(
            {"station_id": self.station.id, "what": "货架空置", "due_on": "2099-01-31"}
        )
        self.log_in("own")
        self.assertNotIn("货架空置", self.url_open("/my/station/assessment").text)
        order.action_order()
        self.assertIn("货架空置", self.url_open("/my/station/assessment").text)
