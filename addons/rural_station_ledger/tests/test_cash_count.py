from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestCashCount(HandCase):
    """The cash of a day: what the ledger says, what was counted, and why they differ (ST-12)."""

    def test_st12_expected_is_what_villagers_paid_less_what_they_got_back(self):
        self.handed_over()
        self.bought()._return("不要了")
        self.handed_over(amount="50", charge="1")._return("坏了", charge="1")
        self.begin("bill", amount="300", charge="2", done=True)
        self.sold_by_hand(amount="80", charge="4")
        self.begin()
        cash = self.mine._expected_cash()
        self.assertEqual((cash["taken"], cash["paid_back"], cash["expected"]), (601, 173, 428))

    def test_st12_one_count_a_day_and_corrections_as_new_rows(self):
        self.begin("bill", amount="300", charge="2", done=True)
        with self.assertRaisesRegex(UserError, "302.00"):
            self.mine._cash_count("300")
        first = self.mine._cash_count("300", "找零找错")
        self.assertEqual((first.difference, first.state, first.counted_by_id), (-2, "stands", self.partner_user))
        with self.assertRaises(UserError):
            self.mine._cash_count("302")
        second = self.mine._cash_count("302", "数漏两元")
        self.assertEqual((first.state, second.replaces_id, second.difference), ("replaced", first, 0))
        self.assertEqual(self.mine._expected_cash()["count"], second)

    def test_st12_nobody_counts_nonsense(self):
        for counted in ("", None, "-1", "1.001", "1e30", "abc", "nan", float("nan"), float("inf")):
            with self.subTest(counted), self.assertRaises(UserError):
                self.mine._cash_count(counted)
        with self.assertRaises(UserError):
            self.mine._cash_count("0", day="2026-05-03")

    def test_st11_only_the_station_counts_its_cash(self):
        for user in (self.area_user, self.partner_user):
            with self.assertRaises(AccessError):
                self.as_user(self.other, user)._cash_count("0")
        with self.assertRaises(AccessError):
            self.as_user(self.station, self.area_user)._cash_count("0")
        count = self.mine._cash_count("0")
        for user in (self.partner_user, self.clerk, self.manager):
            with self.assertRaises(AccessError):
                count.with_user(user).counted = 5
