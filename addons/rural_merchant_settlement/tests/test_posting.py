from datetime import date

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StatementCase

MAY = date(2023, 5, 1)


@tagged("post_install", "-at_install")
class TestPosting(StatementCase):
    """MA-09: card liability, merchant payable and commission income."""

    def setUp(self):
        super().setUp()
        self._load(
            "P1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,1000.00",
            "P2,2023-05-12 12:00:00,SH1,T1,银行卡,消费,200.00",
        )
        self.env["rural.terminal.fee"].create(
            {"terminal_id": self.merchant.terminal_ids[0].id, "month": MAY, "payment_way": "statement"}
        )
        self._close(date(2023, 5, 31))
        self.statement = self._statement(MAY)

    def _post(self):
        self.statement.with_user(self.accountant)._post()
        return self.statement.move_id

    def _balances(self, move):
        company = self.company
        names = {
            company.rural_card_liability_account_id: "cards",
            company.rural_bank_card_account_id: "bank",
            company.rural_commission_account_id: "commission",
            company.rural_terminal_fee_account_id: "fees",
        }
        return {names.get(line.account_id, "payable"): line.balance for line in move.line_ids}

    def test_ma09_entry_is_balanced_and_says_what_it_is(self):
        move = self._post()
        self.assertEqual((self.statement.state, move.state, move.date), ("posted", "posted", date(2023, 5, 31)))
        self.assertEqual(
            self._balances(move),
            {"cards": 1000.0, "bank": 196.0, "commission": -100.0, "fees": -50.0, "payable": -1046.0},
        )
        self.assertEqual(sum(move.line_ids.mapped("balance")), 0)
        self.assertEqual(move.line_ids.partner_id, self.merchant.partner_id)
        self.assertEqual(self.statement.residual, 1046.0)
        self.assertEqual(move.action_view_rural_merchant_statement()["res_id"], self.statement.id)

    def test_ma09_the_posting_dialog_adds_up_and_lists_what_is_posted(self):
        step = self.statement.with_user(self.accountant).action_post_selected()
        wizard = self.env[step["res_model"]].with_user(self.accountant).with_context(**step["context"]).create({})
        self.assertEqual(wizard.net_amount, 1046)
        self.assertEqual(wizard.sales - wizard.rebate - wizard.bank_fee - wizard.terminal_fee, wizard.net_amount)
        self.assertEqual(wizard.statement_ids, self.statement)
        arch = etree.fromstring(wizard.get_view(view_type="form")["arch"])
        for name in ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount", "statement_ids"):
            self.assertTrue(arch.xpath(f"/form//field[@name='{name}'][not(ancestor::field)]"), name)
        listed = [field.get("name") for field in arch.iterfind(".//field[@name='statement_ids']/list/field")]
        self.assertLess({"name", "month_name", "net_amount"}, set(listed))

    def test_ma09_who_confirmed_does_not_post(self):
        self.manager.group_ids += self.env.ref("account.group_account_user")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.statement.with_user(self.manager)._post()
        with self.assertRaises(AccessError):
            self.statement.with_user(self.officer)._post()

    def test_ma09_paid_by_odoo_payment(self):
        self._post()
        action = self.statement.with_user(self.accountant).action_register_payment()
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        wizard.create({})._create_payments()
        self.assertEqual(self.statement.state, "paid")
        with self.assertRaises(UserError):
            self.statement.with_user(self.accountant)._cancel("x")

    def test_ma09_cancelling_reverses(self):
        move = self._post()
        with self.assertRaisesRegex(UserError, "Cancel the statement instead"):
            move.with_user(self.accountant).button_draft()
        with self.assertRaisesRegex(UserError, "Cancel the statement instead"):
            move.with_user(self.accountant)._reverse_moves()
        with self.assertRaises(AccessError):
            self.statement.with_user(self.manager)._cancel("算错了")
        self.statement.with_user(self.accountant)._cancel("算错了", date(2023, 6, 2))
        self.assertEqual(self.statement.state, "cancelled")
        lines = self.statement.move_ids.line_ids
        self.assertEqual(len(self.statement.move_ids), 2)
        for account_lines in lines.grouped("account_id").values():
            self.assertEqual(sum(account_lines.mapped("balance")), 0)
        self.assertEqual(self._statement(MAY).state, "draft")

    def test_ma09_returns_beyond_sales_are_owed_by_the_merchant(self):
        self._post()
        self._load("P3,2023-06-01 12:00:00,SH1,T1,预付费卡,退货,100.00")
        self._close(date(2023, 6, 30))
        june = self._statement(date(2023, 6, 1))
        self.assertEqual(june.net_amount, -90)
        june.with_user(self.accountant)._post()
        self.assertEqual(self._balances(june.move_id), {"cards": -100.0, "commission": 10.0, "payable": 90.0})

    def test_ma09_who_made_it_does_not_post(self):
        self.officer.group_ids += self.env.ref("account.group_account_user")
        self.assertFalse(self.statement.with_user(self.officer).can_post)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.statement.with_user(self.officer)._post()
        self.assertTrue(self.statement.with_user(self.accountant).can_post)

    def test_ma09_a_statement_of_nothing_is_paid_without_an_entry_and_can_be_cancelled(self):
        merchant = self._installed("乙", number="T9", code="SH9")
        self._load(
            "Z1,2023-05-10 12:00:00,SH9,T9,预付费卡,消费,10.00", "Z2,2023-05-10 12:01:00,SH9,T9,预付费卡,撤销,10.00"
        )
        statement = self._prepare(date(2023, 5, 31)).filtered(lambda draft: draft.merchant_id == merchant)
        self.assertEqual(statement.net_amount, 0)
        self.assertFalse(statement.with_user(self.manager)._confirm())
        statement.with_user(self.accountant)._post()
        self.assertEqual((statement.state, statement.sudo().move_ids), ("paid", self.env["account.move"]))
        with self.assertRaises(AccessError):
            statement.with_user(self.manager)._cancel("录错了")
        [again] = statement.with_user(self.accountant)._cancel("录错了")
        self.assertEqual((statement.state, again.name, again.state), ("cancelled", "SH9-202305-2", "draft"))

    def test_ma09_posting_needs_books(self):
        other = self.env["res.company"].create({"name": "无账套公司"})
        other.chart_template = False
        with self.assertRaisesRegex(UserError, "chart of accounts"):
            other._check_rural_books()
