from odoo.exceptions import UserError

from .common import JANUARY, SettlementCase


class TestPayment(SettlementCase):
    """SC-13: a statement is paid when the payable of its center is reconciled."""

    def _posted(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        self.post(statement)
        return statement

    def test_sc13_paid_by_odoo_payment_and_open_again_when_undone(self):
        statement = self._posted()
        self.assertEqual((statement.state, statement.residual), ("posted", 5.00))
        payment = self.pay(statement)
        self.assertEqual((statement.state, statement.residual), ("paid", 0.00))
        self.assertEqual(payment.partner_id, self.lichuan.partner_id)
        statement.move_id.line_ids.with_user(self.accountant).remove_move_reconcile()
        self.assertEqual((statement.state, statement.residual), ("posted", 5.00))

    def test_sc13_part_payment_leaves_the_rest(self):
        statement = self._posted()
        action = statement.with_user(self.accountant).action_register_payment()
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        wizard.create({"amount": 2.00})._create_payments()
        self.assertEqual((statement.state, statement.residual), ("posted", 3.00))

    def _payment_dialog(self, statement, **vals):
        action = statement.with_user(self.accountant).action_register_payment()
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        return wizard.create(vals)

    def test_sc13_two_dialogs_pay_once(self):
        statement = self._posted()
        first, second = self._payment_dialog(statement), self._payment_dialog(statement)
        first._create_payments()
        with self.assertRaisesRegex(UserError, "left to pay"):
            second._create_payments()
        self.assertEqual((statement.state, statement.residual), ("paid", 0.00))

    def test_sc13_no_more_is_paid_than_what_is_due(self):
        statement = self._posted()
        with self.assertRaisesRegex(UserError, "left to pay"):
            self._payment_dialog(statement, amount=5.01)._create_payments()
        self.assertEqual(statement.residual, 5.00)

    def test_sc13_vendor_bill_is_paid_as_any_other(self):
        self.company.rural_fee_bearer = "operator"
        statement = self._posted()
        self.pay(statement)
        self.assertEqual(statement.state, "paid")

    def test_sc13_paid_statement_leads_to_its_payments(self):
        statement = self._posted().with_user(self.accountant)
        self.assertFalse(statement.payment_count)
        self._payment_dialog(statement, amount=2.00)._create_payments()
        self.assertEqual((statement.state, statement.payment_count), ("posted", 1))
        first = self.env["account.payment"].browse(statement.action_view_payments()["res_id"])
        self.assertEqual((first.amount, first.partner_id), (2.00, self.lichuan.partner_id))
        self.pay(statement)
        both = self.env["account.payment"].search(statement.action_view_payments()["domain"])
        self.assertEqual((statement.state, sorted(both.mapped("amount"))), ("paid", [2.00, 3.00]))
        self.assertLess(first, both)
