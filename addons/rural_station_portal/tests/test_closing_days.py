from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.rural_base import china_time

from .common import StationPortalCase


@tagged("post_install", "-at_install")
class TestClosingDays(StationPortalCase):
    """ST-05: a station asks on its telephone to stay shut; somebody else agrees."""

    def day(self, number):
        return f"{china_time.today() + timedelta(days=number)}"

    def ask(self, who, first, last="", reason="走亲戚"):
        return self.as_portal(self.station, who)._ask_closing_days(first, last, reason)

    def test_st05_asked_by_the_partner_and_agreed_by_the_clerk(self):
        days = self.ask("own", self.day(2), self.day(3))
        self.assertEqual((days.state, days.requested_by_id), ("requested", self.users["own"]))
        days.with_user(self.clerk).action_agree()
        self.assertEqual(days.state, "agreed")

    def test_st05_nobody_else_asks(self):
        for who in ("sibling", "area", "other_area", "nobody"):
            with self.assertRaises(AccessError, msg=who):
                self.ask(who, self.day(2))

    def test_st05_what_makes_no_sense_is_refused(self):
        self.ask("own", self.day(5), self.day(7))
        for first, last, reason, message in (
            ("", "", "走亲戚", "Choose the day"),
            ("2026-99-99", "", "走亲戚", "Choose the day"),
            (self.day(-1), "", "走亲戚", "is over"),
            (self.day(9), self.day(8), "走亲戚", "before the first"),
            (self.day(9), self.day(60), "走亲戚", "31 days at most"),
            (self.day(6), self.day(9), "走亲戚", "already"),
            (self.day(9), "", " ", "why you stay shut"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self.ask("own", first, last, reason)

    def test_st05_taken_back_by_the_partner_alone(self):
        days = self.ask("own", self.day(2))
        for who in ("sibling", "area"):
            with self.assertRaises(AccessError, msg=who):
                self.as_portal(days, who)._withdraw_as_station()
        self.as_portal(days, "own")._withdraw_as_station()
        self.assertEqual(days.state, "withdrawn")

    def test_st05_agreed_days_are_taken_back_before_the_first_one_and_asked_for_again(self):
        days, begun = self.ask("own", self.day(2)), self.ask("own", self.day(0))
        (days | begun).with_user(self.clerk).action_agree()
        with self.assertRaisesRegex(UserError, "have begun"):
            self.as_portal(begun, "own")._withdraw_as_station()
        self.as_portal(days, "own")._withdraw_as_station()
        self.assertEqual((days.state, begun.state), ("withdrawn", "agreed"))
        self.assertEqual(self.ask("own", self.day(2)).state, "requested")

    def test_st11_a_station_that_has_ended_asks_for_nothing(self):
        self.station.closed_on = china_time.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "has ended"):
            self.ask("own", self.day(2))
