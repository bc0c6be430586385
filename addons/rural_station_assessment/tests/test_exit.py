from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.rural_deposit.tests.common import DepositCase


class ExitCase(DepositCase):
    """A station with an agreement and an empty deposit of 2,000.00, and the steps of an exit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.env["rural.station"].create(
            {
                "code": "ZD001",
                "name": "天和村服务站",
                "company_id": cls.company.id,
                "region_id": cls._region("430181").id,
                "opened_on": "2021-01-01",
                "partner_id": cls.lichuan.id,
            }
        )
        cls.agreement = cls.env["rural.station.agreement"].create(
            {
                "station_id": cls.station.id,
                "partner_id": cls.lichuan.id,
                "valid_from": "2022-01-01",
                "valid_to": "2024-12-31",
                "state": "running",
            }
        )
        cls.lodged = cls.agreement._open_deposit()
        cls.lodged.due_amount = 2000

    def lodge(self, amount=2000):
        self.done("collect", amount, self.lodged)

    def exit(self, **vals):
        vals = {"station_id": self.station.id, "reason": "外出务工", "last_day": "2022-07-10", **vals}
        leaving = self.env["rural.station.exit"].with_user(self.operations).create(vals)
        leaving.with_user(self.director).action_decide()
        return leaving.with_env(self.env)

    def close(self, leaving):
        leaving.with_user(self.operations).action_complete()


@tagged("post_install", "-at_install")
class TestExit(ExitCase):
    """A partner leaves, and the deposit is settled to the cent (ST-09, ST-10, DP-02 to DP-04)."""

    def test_st10_voluntary_the_whole_deposit_goes_back(self):
        self.lodge()
        leaving = self.exit()
        self.assertEqual((self.agreement.state, self.agreement.ended_on), ("ended", date(2022, 7, 10)))
        self.assertEqual((self.station.closed_on, leaving.partner_id), (date(2022, 7, 10), self.lichuan))
        with self.assertRaisesRegex(UserError, "is not over"):
            self.close(leaving)
        with freeze_time("2022-07-11 02:00:00"):
            self.close(leaving)
            refund = leaving.refund_id
            self.assertEqual((leaving.state, refund.state, refund.amount), ("done", "requested", 2000))
            self.post(self.approve(refund))
        self.assertEqual((self.lodged.balance, self.liability(self.lichuan)), (0, 0))
        self.assertEqual(leaving.refund_state, "posted")

    def test_st09_a_part_of_the_deposit_is_withheld_and_the_rest_goes_back(self):
        self.lodge()
        leaving = self.exit(withheld=650.5)
        deduction = leaving.deduction_id
        self.assertEqual((deduction.kind, deduction.amount, deduction.clause_id.code), ("deduct", 650.5, "ST-09"))
        self.assertEqual(deduction.requested_by_id, self.operations)
        with freeze_time("2022-07-11 02:00:00"):
            with self.assertRaisesRegex(UserError, "Deduction .* is not done"):
                self.close(leaving)
            self.post(self.approve(deduction))
            self.assertEqual(self.entry(deduction), {"2241": 650.5, "6301": -650.5})
            self.close(leaving)
            self.assertEqual(leaving.refund_id.amount, 1349.5)
            self.post(self.approve(leaving.refund_id))
        self.assertEqual((self.lodged.balance, self.liability(self.lichuan)), (0, 0))

    def test_st09_what_is_withheld_and_not_deducted_keeps_the_exit_open(self):
        """Refused, or posted and cancelled by the accountant alone: neither gives it back unnoticed."""
        self.lodge()
        leaving = self.exit(withheld=300)
        deduction = leaving.deduction_id
        with freeze_time("2022-07-11 02:00:00"):
            self.post(self.approve(deduction))
            deduction.with_user(self.accountant)._cancel("记错了")
            self.assertEqual(leaving.withheld_missing, 300)
            with self.assertRaisesRegex(UserError, "300.00 are withheld"):
                self.close(leaving)
            leaving.with_user(self.operations).action_withhold_again()
            self.assertEqual((leaving.withheld_missing, leaving.deduction_id.amount), (0, 300))
            leaving.deduction_id.with_user(self.director)._reject("不扣了")
            with self.assertRaises(UserError):
                leaving.with_user(self.operations)._let_go("不扣了")
            leaving.with_user(self.director)._let_go("不扣了")
            self.close(leaving)
        self.assertEqual((leaving.withheld, leaving.refund_id.amount), (0, 2000))

    def test_st09_all_of_it_is_withheld(self):
        self.lodge()
        leaving = self.exit(withheld=2000)
        with freeze_time("2022-07-11 02:00:00"):
            self.post(self.approve(leaving.deduction_id))
            self.close(leaving)
        self.assertFalse(leaving.refund_id)
        self.assertEqual((leaving.state, self.lodged.balance), ("done", 0))

    def test_st09_no_more_is_withheld_than_is_lodged(self):
        self.lodge(500)
        with self.assertRaisesRegex(UserError, "no more can be withheld"):
            self.exit(withheld=500.01)

    def test_dp04_a_receivable_is_open(self):
        self.lodge(300)
        self.done("deduct", 800, self.lodged)
        leaving = self.exit()
        self.assertIn("500.00", leaving.open_checks)
        with freeze_time("2022-07-11 02:00:00"), self.assertRaisesRegex(UserError, "beyond the balance"):
            self.close(leaving)

    def test_st10_orders_and_parcels_of_villagers_are_open(self):
        entry = {
            "station_id": self.station.id, "company_id": self.company.id, "source": "station", "day": "2022-06-30",
            "outcome": "not_finished", "quantity": 1,
        }  # fmt: skip
        entries = self.env["rural.station.entry"].create(
            [
                {**entry, "entry_number": "1", "kind": "buying", "state": "ordered", "amount": 30},
                {**entry, "entry_number": "2", "kind": "buying", "state": "notified", "amount": 30},
                {**entry, "entry_number": "3", "kind": "parcel_in", "state": "recorded", "courier": "YT1"},
                {**entry, "entry_number": "4", "kind": "bill", "state": "recorded"},
            ]
        )
        leaving = self.exit()
        for sentence in ("2 orders for villagers are not finished", "1 parcels at the station are not finished"):
            self.assertIn(sentence, leaving.open_checks)
        self.assertNotIn("bill", leaving.open_checks)
        entries.write({"state": "void", "outcome": "void"})
        leaving.invalidate_recordset(["open_checks"])
        self.assertNotIn("orders for villagers", leaving.open_checks)

    def test_st10_the_deposit_of_whoever_has_not_left_stays(self):
        self.lodge()
        with self.assertRaisesRegex(UserError, "cannot be refunded"):
            self.lodged.with_user(self.operations).action_refund()

    def test_st10_somebody_else_opens_the_station_again(self):
        self.station.invalidate_recordset()
        self.exit()
        with freeze_time("2022-07-20 02:00:00"):
            self.station.invalidate_recordset(["state"])
            self.station._check_without_partner(self.tongcheng)
            self.station._open_with(self.tongcheng, date(2022, 7, 20))
        self.assertEqual((self.station.partner_id, self.station.closed_on), (self.tongcheng, False))
        closure = self.station.closure_ids
        self.assertEqual((closure.valid_from, closure.valid_to), (date(2022, 7, 11), date(2022, 7, 19)))

    def test_st10_withdrawn_and_refused_change_nothing(self):
        exits = self.env["rural.station.exit"].with_user(self.operations)
        vals = {"station_id": self.station.id, "reason": "外出务工", "last_day": "2022-07-10"}
        exits.create(vals).action_cancel()
        leaving = exits.create(vals)
        leaving.with_user(self.director)._reject("再谈")
        self.assertEqual((leaving.state, leaving.decision_reason), ("cancelled", "再谈"))
        self.assertFalse(self.station.closed_on)
        self.assertEqual(self.agreement.state, "running")
