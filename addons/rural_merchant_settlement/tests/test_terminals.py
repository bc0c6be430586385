from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TransactionCase


@tagged("post_install", "-at_install")
class TestTerminals(TransactionCase):
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

    def test_ma09_rates_and_terminals_change_in_turn_with_loads(self):
        merchant = self._installed(code="SH1", number="T1")
        request = self.env["rural.merchant.rate.request"].with_user(self.gm).create(
            {"merchant_id": merchant.id, "kind": "rebate", "rate": 0.018, "valid_from": "2023-07-01", "reason": "连锁"}
        )  # fmt: skip
        for change in (
            request.action_submit,
            lambda: self._terminal(merchant, "T2"),
            lambda: merchant.terminal_ids[0].with_user(self.head).write({"installed_on": date(2023, 5, 2)}),
            lambda: merchant.terminal_ids[0].with_user(self.head)._remove(date(2023, 6, 25), "退机"),
            lambda: merchant.terminal_ids[1].unlink(),
        ):
            before = self.turns("merchant settlement")
            change()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertGreater(self.turns("merchant settlement"), before)
        self.assertEqual(request.state, "agreed")
