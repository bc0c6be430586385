import csv
import io

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestAccess(LedgerCase):
    """Who may and who may not, and what leaves for other systems."""

    def numbers(self, user):
        entries = self.env["rural.station.entry"].with_user(user)
        return entries.with_context(allowed_company_ids=user.company_ids.ids).search([]).mapped("number")

    def test_st12_partners_read_their_own_ledger(self):
        self.load_platform(self.sold("T1", "10"), self.sold("T2", "10", station="ZD002"))
        self.assertEqual(sorted(self.numbers(self.clerk)), ["T1", "T2"])
        for user in (self.partner_user, self.area_user):
            self.assertEqual(self.numbers(user), ["T1"])
        with self.assertRaises(AccessError):
            self.entry("T2").with_user(self.area_user).read(["amount"])

    def test_partners_do_not_load(self):
        for profile in ("station_platform", "station_ledger", "station_reports"):
            with self.assertRaises(AccessError):
                self.load_as(self.partner_user, profile, "")

    def test_only_a_manager_says_what_turnover_is(self):
        service = self.env["rural.station.service"].search([], limit=1)
        with self.assertRaises(AccessError):
            self.as_user(service, self.clerk).is_trade = False

    def test_rows_leave_with_their_key_as_it_stands_in_the_file(self):
        self.load_platform("2.02601E+19,ZD001,2026-03-10 09:00:00,代销,山药,1,10,1,", self.sold("T1", "10.00"))
        content, _count = self.env["rural.export"]._export("station_platform_rows", "csv", self.company)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        self.assertEqual(rows[1][1:5], ["2", "2.02601E+19", "rejected", "key"])
        self.assertEqual(rows[2][1:], ["3", "T1", "new", "", "2026-03", "10.00", "1.00"])
