from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-05-02 04:00:00")
class TestEntries(LedgerCase):
    """Each service counts once, in one month (ST-03, ST-12)."""

    def test_st03_a_bill_makes_no_turnover_but_its_charge(self):
        self.load_platform("T1,ZD001,2026-03-10 09:00:00,代缴费,电费,1,300.00,2.00,", self.sold("T2", "50.00"))
        bill, trade = self.entry("T1"), self.entry("T2")
        self.assertEqual((bill.outcome, bill.turnover, bill.counted_charge), ("counts", 0, 2))
        self.assertEqual((trade.turnover, trade.counted_charge, trade.month), (50, 1, date(2026, 3, 1)))

    def test_st03_a_kind_that_becomes_turnover_is_judged_again(self):
        self.load_platform("T1,ZD001,2026-03-10 09:00:00,代缴费,电费,1,300.00,2.00,")
        service = self.env["rural.station.service"].search([("kind", "=", "bill")])
        self.as_user(service, self.manager).is_trade = True
        self.assertEqual(self.entry("T1").turnover, 300)

    def test_st12_amounts_are_rounded_once_half_up(self):
        self.load_platform(self.sold("T1", "374.8250"), "T2,ZD001,2026-03-10 09:00:00,代销,山药,-1,-0.125,-0.01,")
        self.assertEqual((self.entry("T1").turnover, self.entry("T2").turnover), (374.83, -0.13))

    def test_st12_the_platforms_row_counts_and_differences_are_shown(self):
        self.load_ledger(self.own("26-1", "201.03", platform="T1"))
        self.assertEqual((self.entry("26-1").outcome, self.entry("26-1").hint), ("counts", "not_on_platform"))
        self.load_platform(self.sold("T1", "192.03"))
        own = self.env["rural.station.entry"].search(
            [("entry_number", "=", "26-1"), ("station_id", "=", self.station.id)]
        )
        self.assertEqual((own.outcome, own.hint, own.turnover), ("same_as_platform", "amount", 0))
        platform = self.env["rural.station.entry"].search([("number", "=", "T1"), ("source", "=", "platform")])
        self.assertEqual(platform.turnover, 192.03)

    def test_st12_two_own_entries_of_one_number_count_once(self):
        self.load_ledger(self.own("26-2", platform="T9", day="2026-03-09"), self.own("26-1", platform="T9"))
        self.assertEqual(self.outcomes("26-2", "26-1"), ["counts", "number_twice"])

    def test_st12_a_parcel_counts_once_the_platforms_first(self):
        parcel = "P1,ZD001,2026-03-10 09:00:00,快递代收,,1,,1.00,YT1"
        self.load_ledger(
            self.own("26-1", "", kind="快递代收", state="已完成", courier="YT1"),
            self.own("26-2", "", kind="快递代收", state="已完成", courier="YT1"),
        )
        self.assertEqual(self.outcomes("26-1", "26-2"), ["counts", "parcel_twice"])
        self.load_platform(parcel)
        self.assertEqual(self.outcomes("P1", "26-1", "26-2"), ["counts", "same_parcel", "same_parcel"])

    def test_st12_what_is_not_finished_returned_or_void_does_not_count(self):
        self.load_ledger(
            self.own("26-1", kind="代购", state="已下单"),
            self.own("26-2", kind="代购", state="已退货"),
            self.own("26-3", state="已作废"),
        )
        self.assertEqual(self.outcomes("26-1", "26-2", "26-3"), ["not_finished", "returned", "void"])

    def test_st12_a_possible_double_counts_and_is_shown(self):
        self.load_platform(self.sold("T1", "10.00"))
        self.load_ledger(self.own("26-1"))
        self.assertEqual((self.entry("26-1").outcome, self.entry("26-1").hint), ("counts", "possible_double"))
        self.load_ledger(self.own("26-1", platform="T1"))
        self.assertEqual(self.entry("26-1").outcome, "same_as_platform")

    def test_st12_days_not_open_do_not_count_and_are_judged_again(self):
        self.load_platform(self.sold("T1", "10.00"))
        closure = self.env["rural.station.closure"].create(
            {"station_id": self.station.id, "valid_from": "2026-03-10", "valid_to": "2026-03-10"}
        )
        self.assertEqual(self.outcomes("T1"), ["not_open"])
        closure.valid_from = "2026-03-09"
        closure.valid_to = "2026-03-09"
        self.assertEqual(self.outcomes("T1"), ["counts"])
        self.station.closed_on = "2026-03-01"
        self.assertEqual(self.outcomes("T1"), ["not_open"])
        self.station.closed_on = False
        self.assertEqual(self.outcomes("T1"), ["counts"])

    def test_sc15_again_changes_nothing_and_a_correction_what_differs(self):
        rows = [self.sold("T1", "10.00"), self.sold("T2", "20.00")]
        self.assertEqual(self.counts(self.load_platform(*rows)), {"new": 2})
        self.assertEqual(self.counts(self.load_platform(*rows)), {"unchanged": 2})
        self.assertEqual(
            self.counts(self.load_platform(self.sold("T1", "11.00"), rows[1])), {"updated": 1, "unchanged": 1}
        )
        self.assertEqual(self.entry("T1").turnover, 11)

    def test_st12_the_first_check_rejects_a_platform_row(self):
        run = self.load_platform(
            "2.02601E+19,ZD001,2026-03-10 09:00:00,代销,山药,1,10,1,",
            "T2,ZD999,2026-03-10 09:00:00,代销,山药,1,约60,1,",
            "T3,ZD001,2026-05-10 09:00:00,无此类,山药,1,10,1,",
            "T4,ZD001,2026-03-10 09:00:00,代销,山药,0,约60,1,",
            "T5,ZD001,2026-03-10 09:00:00,代销,山药,1,159.09元,1,",
            "T6,ZD001,2026-03-10 09:00:00,代销,山药,1,,1,",
            "T7,ZD001,2026-03-10 09:00:00,快递代收,,-1,,-1,YT1",
            "T8,ZD001,2026-03-10 09:00:00,代销,山药,-1,10,1,",
            "T9,ZD001,2026-03-10 09:00:00,快递代收,,1,,1,",
            "T10,ZD001,2026-03-10 09:00:00,代销,山药,1,10,1,",
            "T10,ZD001,2026-03-10 09:00:00,代销,山药,1,11,1,",
            "T11,ZD001,2026-03-10 09:00:00,快递代收,,1.5,,1,YT2",
        )
        reasons = ["key", "station", "time", "quantity", "amount", "amount", "quantity", "sign", "courier"]
        found = self.issues(run)
        self.assertEqual([found[number] for number in range(2, 11)], reasons)
        self.assertEqual([found[number] for number in (11, 12, 13)], ["conflicting key", "conflicting key", "quantity"])

    def test_st12_the_first_check_rejects_a_ledger_row(self):
        run = self.load_ledger(
            self.own("26-1").replace("ZD001", "ZD999"),
            self.own(""),
            self.own("26-3", day="2026-02-30"),
            self.own("26-4").replace(",1,10.00", ",-1,10.00"),
            self.own("26-5", "-3.00"),
            self.own("26-6", state="已交付"),
            self.own("26-7").replace("2026-03-10,2026-03-10", "2026-03-10,"),
            self.own("26-8").replace("2026-03-10,2026-03-10", "2026-05-10,2026-05-10"),
            self.own("26-9", platform="2.02601E+19"),
        )
        reasons = ["station", "key", "day", "quantity", "sign", "state", "completed", "day", "number"]
        self.assertEqual(list(self.issues(run).values()), reasons)

    def test_an_entry_explains_itself(self):
        self.load_platform(self.sold("T1", "10.00"))
        entry = self.as_user(self.entry("T1"), self.clerk)
        self.assertIn("2026-03", entry.explanation)
        self.assertEqual(entry.clause_id.code, "ST-12")

    def test_nobody_edits_an_entry(self):
        self.load_platform(self.sold("T1", "10.00"))
        for user in (self.clerk, self.manager, self.partner_user):
            with self.assertRaises(AccessError):
                self.as_user(self.entry("T1"), user).amount = 1
