from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestTerminals(MerchantCase):
    def test_ma08_a_terminal_moves_on_and_keeps_its_history(self):
        first, second = self._installed("甲", "T1"), self._signed("乙")
        with self.assertRaisesRegex(ValidationError, "Remove it there first"), self.env.cr.savepoint():
            self._terminal(second, "T1", date(2023, 6, 10))
        first.terminal_ids._remove(date(2023, 6, 10), "搬迁")
        self._terminal(second, "T1", date(2023, 6, 10))
        stays = self.env["rural.merchant.terminal"].search([("number", "=", "T1")], order="installed_on")
        self.assertEqual(
            [(stay.merchant_id, stay.installed_on, stay.removed_on) for stay in stays],
            [(first, date(2023, 5, 1), date(2023, 6, 10)), (second, date(2023, 6, 10), False)],
        )
        self.assertEqual((first.terminal_count, second.terminal_count), (0, 1))

    def test_ma08_no_terminal_before_the_contract(self):
        with self.assertRaisesRegex(ValidationError, "no contract yet"), self.env.cr.savepoint():
            self._terminal(self._lead(), "T1")
        with self.assertRaisesRegex(ValidationError, "begins on"):
            self._terminal(self._signed(), "T1", date(2023, 4, 30))

    def test_ma08_the_head_removes_and_a_recruiter_does_not(self):
        merchant = self._installed()
        terminal = merchant.terminal_ids
        with self.assertRaises(AccessError):
            self.env["rural.terminal.removal"].with_user(self.recruiter).create(
                {"terminal_ids": terminal.ids, "day": date(2023, 6, 1), "reason": "x"}
            )
        with self.assertRaisesRegex(UserError, "by its button"):
            terminal.with_user(self.recruiter).removed_on = date(2023, 6, 1)
        wizard = self.env["rural.terminal.removal"].with_user(self.head).create(
            {"terminal_ids": terminal.ids, "day": date(2023, 6, 1), "reason": "退机"}
        )  # fmt: skip
        wizard.action_remove()
        self.assertEqual((terminal.removed_on, terminal.removal_reason), (date(2023, 6, 1), "退机"))

    def test_ma23_what_pay_follows_from_is_the_heads_once_a_terminal_stands(self):
        terminal, other = self._installed().terminal_ids, self._signed("乙")
        for vals in (
            {"installed_on": date(2023, 8, 15)}, {"monthly_fee": 0.01}, {"merchant_id": other.id}, {"number": "T8"},
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "the head of recruiting changes"):
                terminal.with_user(self.recruiter).write(vals)
        self.assertFalse(terminal.with_user(self.recruiter).is_stay_open)
        self.assertTrue(terminal.with_user(self.head).is_stay_open)
        terminal.with_user(self.head).write({"installed_on": date(2023, 5, 2), "monthly_fee": 60, "number": "T8"})
        self.assertEqual((terminal.installed_on, terminal.monthly_fee), (date(2023, 5, 2), 60))

    def test_ma24_transactions_lie_within_the_stay(self):
        merchant, other = self._installed(code="SH1", number="T1"), self._signed("乙")
        self._load("T24A,2023-05-27 00:00:00,SH1,T1,预付费卡,消费,10", "T24B,2023-06-25 23:59:59,SH1,T1,银行卡,消费,10")
        terminal = merchant.terminal_ids.with_user(self.head)
        with self.assertRaisesRegex(ValidationError, "T24B of 2023/06/25"), self.env.cr.savepoint():
            terminal._remove(date(2023, 6, 24), "退机")
        with self.assertRaisesRegex(ValidationError, "T24A of 2023/05/27"), self.env.cr.savepoint():
            terminal.installed_on = date(2023, 5, 28)
        for vals in ({"number": "T8"}, {"merchant_id": other.id}):
            with self.assertRaisesRegex(UserError, "stays as it was"):
                terminal.write(vals)
        terminal.installed_on = date(2023, 5, 27)
        terminal._remove(date(2023, 6, 25), "退机")
        self.assertEqual(terminal.removed_on, date(2023, 6, 25))

    def test_ma23_no_fee_lies_before_the_stay(self):
        terminal = self._installed().terminal_ids.with_user(self.head)
        self.env["rural.terminal.fee"].create({"terminal_id": terminal.id, "month": date(2023, 6, 1)})
        terminal.installed_on = date(2023, 6, 30)
        with self.assertRaisesRegex(ValidationError, "the fee of 2023-06"):
            terminal.installed_on = date(2023, 7, 1)

    def test_ma08_fees_of_a_month_once_for_each_terminal(self):
        merchant = self._installed(number="T1")
        self._terminal(merchant, "T2", date(2023, 6, 15))
        self._terminal(merchant, "T3", date(2023, 7, 1))
        wizard = self.env["rural.terminal.fee.charge"].with_user(self.head).create(
            {"month": date(2023, 6, 9), "merchant_ids": merchant.ids}
        )  # fmt: skip
        wizard.action_charge()
        wizard.action_charge()
        fees = self.env["rural.terminal.fee"].search([("merchant_id", "=", merchant.id)])
        self.assertEqual(sorted(fees.terminal_id.mapped("number")), ["T1", "T2"])
        self.assertEqual(fees.mapped("month"), [date(2023, 6, 1)] * 2)
        self.assertEqual(sum(fees.mapped("amount")), 100)

    def test_ma23_a_deferral_takes_a_leader_who_has_not_asked(self):
        merchant = self._installed()
        vals = {
            "merchant_id": merchant.id, "date_from": date(2023, 6, 1), "date_to": date(2023, 8, 1), "reason": "有潜力",
        }  # fmt: skip
        deferral = self.env["rural.terminal.deferral"].with_user(self.director).create(vals)
        deferral.action_request()
        with self.assertRaises(UserError):
            deferral.with_user(self.director).action_approve()
        with self.assertRaises(AccessError):
            deferral.with_user(self.head).action_approve()
        deferral.with_user(self.gm).action_approve()
        self.assertEqual((deferral.state, deferral.date_to), ("approved", date(2023, 8, 31)))
        with self.assertRaises(UserError):
            deferral.with_user(self.gm).write({"date_to": date(2024, 1, 1)})

    def test_ma23_a_recruiter_asks_for_the_own_merchants_only(self):
        merchant = self._installed()
        deferral = self.env["rural.terminal.deferral"].with_user(self.recruiter).create(
            {"merchant_id": merchant.id, "date_from": date(2023, 6, 1), "date_to": date(2023, 6, 1), "reason": "有潜力"}
        )  # fmt: skip
        with self.assertRaises(AccessError):
            deferral.with_user(self.other_recruiter).action_request()
        deferral.with_user(self.head).action_request()
        self.assertEqual((deferral.state, deferral.requested_by_id), ("requested", self.head))
