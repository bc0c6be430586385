from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.rural_deposit.models.rural_deposit import RuralDeposit

from .common import DepositCase


class TestRefund(DepositCase):
    """DP-04: refunded only when nothing is open; the screen lists what is."""

    def setUp(self):
        super().setUp()
        self.done("collect", 20_000)

    def open_things(self, *sentences):
        """Let another part of the system have something open."""
        return patch.object(RuralDeposit, "_refund_blockers", lambda deposit: list(sentences))

    def test_dp04_whole_refund_ends_the_deposit(self):
        movement = self.request("refund", 20_000)
        self.assertTrue(movement.is_final)
        self.assertEqual((self.deposit.state, self.deposit.shortfall), ("leaving", 0))
        self.post(self.approve(movement))
        self.assertEqual((self.deposit.state, self.deposit.balance), ("closed", 0))
        self.assertEqual(str(self.deposit.closed_on), "2022-07-01")
        with self.assertRaisesRegex(UserError, "is over"):
            self.request("collect", 5)

    def test_dp04_refund_less_penalties(self):
        self.done("deduct", 3_000)
        with self.assertRaisesRegex(UserError, "17,000.00"):
            self.request("refund", 20_000)
        self.done("refund", 17_000)
        self.assertEqual((self.deposit.refunded, self.deposit.deducted, self.deposit.state), (17_000, 3_000, "closed"))

    def test_dp04_nothing_is_refunded_twice_on_the_way(self):
        self.request("refund", 15_000)
        with self.assertRaisesRegex(UserError, "15,000.00"):
            self.request("refund", 5_000.01)
        self.request("refund", 5_000)

    def test_dp04_open_deduction_blocks(self):
        deduction = self.request("deduct", 500)
        self.assertIn(deduction.name, self.deposit.refund_blockers)
        with self.assertRaisesRegex(UserError, deduction.name):
            self.request("refund", 100)
        with self.assertRaisesRegex(UserError, deduction.name):
            self.deposit.with_user(self.operations).action_refund()
        deduction.with_user(self.director)._reject("不成立")
        self.assertFalse(self.deposit.refund_blockers)
        self.request("refund", 100)

    def test_dp04_what_others_have_open_is_listed_at_every_step(self):
        with self.open_things("对账单 2022-06 尚未付款。", "处罚 CF-3 待处理。"):
            self.deposit.invalidate_recordset(["refund_blockers"])
            self.assertEqual(self.deposit.refund_blockers, "对账单 2022-06 尚未付款。\n处罚 CF-3 待处理。")
            with self.assertRaisesRegex(UserError, "(?s)2022-06.*CF-3"):
                self.request("refund", 20_000)
        movement = self.request("refund", 20_000)
        with self.open_things("处罚 CF-4 待处理。"), self.assertRaisesRegex(UserError, "CF-4"):
            self.approve(movement)
        self.approve(movement)
        with self.open_things("处罚 CF-5 待处理。"), self.assertRaisesRegex(UserError, "CF-5"):
            self.post(movement)
        self.post(movement)

    def test_dp04_what_is_open_does_not_stop_other_movements(self):
        with self.open_things("处罚 CF-4 待处理。"):
            self.done("deduct", 400)
            self.done("top_up", 400)

    def test_dp04_money_above_the_due_amount_leaves_the_deposit_open(self):
        self.done("collect", 500)
        movement = self.request("refund", 500)
        self.assertFalse(movement.is_final)
        self.assertEqual(self.deposit.state, "full")
        self.post(self.approve(movement))
        self.assertEqual((self.deposit.balance, self.deposit.state), (20_000, "full"))

    def test_dp04_refused_refund_lets_the_deposit_go_on(self):
        movement = self.request("refund", 20_000)
        movement.with_user(self.director)._reject("继续合作")
        self.assertEqual(self.deposit.state, "full")

    def test_dp04_cancelled_refund_opens_the_deposit_again(self):
        movement = self.done("refund", 20_000)
        self.cancel(movement)
        self.assertEqual((self.deposit.state, self.deposit.balance), ("full", 20_000))
        self.assertEqual(self.liability(self.lichuan), 20_000)

    def test_dp04_balance_that_shrank_meanwhile_stops_the_refund(self):
        movement = self.approve(self.request("refund", 20_000))
        # Cancelled before the refund is posted: the money was never there.
        self.done("deduct", 1)
        with self.assertRaisesRegex(UserError, "19,999.00"):
            self.post(movement)

    def test_dp04_a_receivable_left_by_a_deduction_is_settled_before_a_refund(self):
        self.done("deduct", 20_300)
        self.assertEqual((self.deposit.balance, self.deposit.receivable_open), (0, 300))
        self.done("top_up", 20_000)
        with self.assertRaisesRegex(UserError, "300.00"):
            self.request("refund", 20_000)
        with self.assertRaisesRegex(UserError, "300.00"):
            self.deposit.with_user(self.operations).action_refund()
        with self.assertRaisesRegex(UserError, "300.00"):
            self.request("set_off", 300.01)
        movement = self.done("set_off", 300)
        self.assertEqual((self.deposit.balance, self.deposit.receivable_open), (19_700, 0))
        self.assertEqual(self.liability(self.lichuan), 19_700)
        self.assertEqual(self.ledger("asset_receivable", self.lichuan), 0)
        self.assertFalse(self.deposit.refund_blockers)
        self.done("refund", 19_700)
        self.assertEqual(self.deposit.state, "closed")
        self.assertEqual(movement.move_id.line_ids.mapped("partner_id"), self.lichuan)

    def test_dp04_a_receivable_that_is_paid_stands_in_nobodys_way(self):
        deduction = self.done("deduct", 20_300)
        self.assertIn("300.00", self.deposit.refund_blockers)
        item = self.deposit._receivable_items()
        payment = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": "2022-07-01",
                "line_ids": [
                    Command.create({"account_id": item.account_id.id, "partner_id": self.lichuan.id, "credit": 300}),
                    Command.create({"account_id": self.bank.default_account_id.id, "debit": 300}),
                ],
            }
        )
        payment.action_post()
        (item | payment.line_ids.filtered(lambda line: line.account_id == item.account_id)).reconcile()
        self.assertEqual((self.deposit.receivable_open, self.deposit.receivable), (0, 300))
        self.assertFalse(self.deposit.refund_blockers)
        self.assertEqual(deduction.receivable_amount, 300)

    def test_dp04_a_cancelled_set_off_opens_the_receivable_again(self):
        self.done("deduct", 20_300)
        self.done("top_up", 20_000)
        self.cancel(self.done("set_off", 300))
        self.assertEqual((self.deposit.balance, self.deposit.receivable_open), (20_000, 300))
        self.assertEqual(self.liability(self.lichuan), 20_000)

    def test_dp05_a_balance_below_the_due_amount_reminds_from_the_day_of_the_deduction(self):
        self.lichuan.email = "lichuan@example.com"
        before = self.deposit.message_ids
        self.done("deduct", 3_000)
        letters = (self.deposit.message_ids - before).filtered(lambda message: self.lichuan in message.partner_ids)
        self.assertIn("3,000.00", letters.body)
        self.assertEqual(self.deposit.activity_ids.user_id, self.operations)
        self.done("top_up", 1_000)
        self.assertTrue(self.deposit.activity_ids, "not full yet")
        self.done("top_up", 2_000)
        self.assertFalse(self.deposit.activity_ids)

    def test_dp05_two_deductions_remind_by_one_activity(self):
        self.done("deduct", 3_000)
        self.done("deduct", 500)
        self.assertEqual(len(self.deposit.activity_ids), 1)

    def test_dp05_the_reminder_ends_when_less_is_due(self):
        self.done("deduct", 3_000)
        self.deposit.with_user(self.director).due_amount = self.deposit.balance
        self.assertFalse(self.deposit.activity_ids)

    def test_dp05_the_reminder_ends_with_the_deduction_that_was_cancelled(self):
        deduction = self.done("deduct", 3_000)
        self.assertTrue(self.deposit.activity_ids)
        self.cancel(deduction)
        self.assertFalse(self.deposit.activity_ids)

    def test_dp03_in_a_locked_period_a_movement_has_the_day_of_its_entry(self):
        self.company.fiscalyear_lock_date = "2022-07-31"
        movement = self.approve(self.request("deduct", 100))
        self.post(movement, date(2022, 7, 1))
        self.assertEqual(movement.date, movement.move_id.date)
        self.assertGreater(str(movement.date), "2022-07-31")

    def test_dp03_in_a_locked_period_a_payment_and_what_it_ends_have_the_day_of_its_entry(self):
        self.company.fiscalyear_lock_date = "2022-07-31"
        movement = self.approve(self.request("refund", 20_000))
        self.post(movement, date(2022, 7, 1))
        self.assertEqual(movement.date, movement.move_id.date)
        self.assertGreater(str(movement.date), "2022-07-31")
        self.assertEqual((movement.payment_id.date, self.deposit.closed_on), (movement.date, movement.date))

    def test_dp03_in_a_locked_period_a_reversal_has_the_day_of_its_entry(self):
        movement = self.done("deduct", 100)
        self.company.fiscalyear_lock_date = "2022-07-31"
        movement.with_user(self.accountant)._cancel("登记有误", date(2022, 7, 1))
        reversal = movement.move_ids - movement.move_id
        self.assertEqual(movement.reversal_date, reversal.date)
        self.assertGreater(str(movement.reversal_date), "2022-07-31")
