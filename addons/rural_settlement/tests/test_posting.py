from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .common import FEBRUARY, JANUARY, SettlementCase


class TestPosting(SettlementCase):
    """SC-14: centers are credited, suppliers debited, the clearing account comes out at zero."""

    def _two_centers_two_suppliers(self):
        self.load(
            self.row("A1", 1),
            self.row("A2", 1, product=self.rice),
            self.row("B1", 1, "33.33", center=self.tongcheng),
        )
        return self.close(JANUARY)

    def test_sc14_receivables_are_payables_are_statements(self):
        statements = self._two_centers_two_suppliers()
        posting = self.post(statements)
        total = sum(statements.mapped("fee"))
        self.assertEqual(total, 16.67)
        self.assertEqual(posting.total, 16.67)
        self.assertEqual(self.balance("asset_receivable"), 16.67)
        self.assertEqual(self.balance("liability_payable"), -16.67)
        self.assertEqual((self.clearing(), posting.clearing_balance), (0.00, 0.00))

    def test_sc14_entry_per_center_and_one_for_the_suppliers(self):
        posting = self.post(self._two_centers_two_suppliers())
        self.assertEqual(len(posting.move_ids), 3)
        self.assertEqual(set(posting.move_ids.mapped("state")), {"posted"})
        self.assertEqual(posting.date, date(2022, 1, 31))
        center_move = self.statement(JANUARY).move_id
        self.assertEqual(center_move.journal_id.code, "CFEE")
        clearing = self.company.rural_fee_clearing_account_id.with_company(self.company)
        self.assertEqual(clearing.code[:4], "2241")
        by_account = {line.account_id: (line.debit, line.credit, line.partner_id) for line in center_move.line_ids}
        payable = self.lichuan.partner_id.with_company(self.company).property_account_payable_id
        self.assertEqual(by_account[clearing], (15.00, 0.00, self.env["res.partner"]))
        self.assertEqual(by_account[payable], (0.00, 15.00, self.lichuan.partner_id))
        shared = posting.move_ids.filtered(lambda move: not move.rural_statement_id)
        by_supplier = {line.partner_id.supplier_code: line.debit for line in shared.line_ids if line.partner_id}
        self.assertEqual(by_supplier, {"TGYS1": 6.67, "TGYS2": 10.00})

    def test_sc14_two_postings_of_one_month(self):
        self._two_centers_two_suppliers()
        first = self.post(self.statement(JANUARY))
        second = self.post(self.statement(JANUARY, self.tongcheng))
        self.assertNotEqual(first, second)
        self.assertEqual((first.total, second.total), (15.00, 1.67))
        self.assertEqual((first.clearing_balance, second.clearing_balance), (0.00, 0.00))
        self.assertEqual(self.balance("asset_receivable"), 16.67)

    def test_sc14_negative_statement_posts_the_other_way_round(self):
        self.load(self.row("A1", 1))
        self.post(self.close(JANUARY))
        self.load(self.row("A1", 1, refund="100.00"))
        february = self.close(FEBRUARY)
        self.assertEqual(february.fee, -5.00)
        self.post(february)
        payable = february.move_id.line_ids.filtered(lambda line: line.account_type == "liability_payable")
        self.assertEqual((payable.debit, payable.credit), (5.00, 0.00))
        self.assertEqual(self.balance("liability_payable"), 0.00)
        self.assertEqual(self.balance("asset_receivable"), 0.00)
        self.assertEqual(self.clearing(), 0.00)

    def test_sc14_statement_of_zero_needs_no_entry(self):
        self.load(self.row("A1", 1, refund="100.00"))
        statement = self.close(JANUARY)
        posting = self.post(statement)
        self.assertFalse(posting.move_ids)
        self.assertEqual(statement.state, "paid")

    def test_sc14_shift_between_suppliers_is_posted_though_the_center_gets_nothing(self):
        self.load(self.row("A1", 1))
        self.post(self.close(JANUARY))
        self.load(self.row("A1", 1, 供应商编码="TGYS2"))
        self.post(self.close(FEBRUARY))
        suppliers = self.apples.supplier_id, self.rice.supplier_id
        self.assertEqual([self.balance("asset_receivable", partner=each) for each in suppliers], [0.00, 5.00])

    def test_sc14_difference_stops_the_posting(self):
        self._two_centers_two_suppliers()
        statements = self.statements(JANUARY)
        statements.with_user(self.officer)._agree("邮件回复确认")
        wrong = {self.apples.supplier_id: 16.66}
        with (
            patch.object(type(self.Statement), "_fees_by_supplier", lambda _self: wrong),
            self.assertRaisesRegex(UserError, "clearing account would keep"),
        ):
            statements.with_user(self.accountant)._post()

    def test_sc14_operator_bears_the_fee_by_a_vendor_bill(self):
        self.company.rural_fee_bearer = "operator"
        posting = self.post(self._two_centers_two_suppliers())
        bills = posting.move_ids
        self.assertEqual(set(bills.mapped("move_type")), {"in_invoice"})
        self.assertEqual(set(bills.mapped("state")), {"posted"})
        expense = bills.invoice_line_ids.account_id.with_company(self.company)
        self.assertTrue(expense.code.startswith("6601"))
        self.assertEqual(sorted(bills.mapped("amount_total")), [1.67, 15.00])
        self.assertEqual(self.balance("asset_receivable"), 0.00)
        self.assertEqual(self.balance("liability_payable"), -16.67)
        statement = self.statement(JANUARY)
        statement.with_user(self.accountant)._cancel("改由供应商承担")
        self.assertEqual(self.balance("liability_payable"), -1.67)

    def test_sc14_operator_gets_a_refund_for_a_negative_statement(self):
        self.company.rural_fee_bearer = "operator"
        self.load(self.row("A1", 1))
        self.post(self.close(JANUARY))
        self.load(self.row("A1", 1, refund="100.00"))
        posting = self.post(self.close(FEBRUARY))
        self.assertEqual(posting.move_ids.move_type, "in_refund")
        self.assertEqual(self.balance("liability_payable"), 0.00)

    def test_sc14_company_without_chinese_books_is_told(self):
        statements = self._two_centers_two_suppliers()
        statements.with_user(self.officer)._agree("邮件回复确认")
        for change, message in (
            ({"currency_id": self.env.ref("base.USD").id}, "keeps its books in USD"),
            ({"chart_template": False}, "no chart of accounts"),
        ):
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                self.company.write(change)
                statements.with_user(self.accountant)._post()
            self.env.invalidate_all()

    def test_sc14_several_months_are_posted_apart(self):
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.close(JANUARY, FEBRUARY)
        postings = self.post(self.statements())
        self.assertEqual(sorted(postings.mapped("month")), [JANUARY, FEBRUARY])

    def test_sc14_posting_explains_itself(self):
        posting = self.post(self._two_centers_two_suppliers())
        self.assertEqual(posting.clause_id.code, "SC-14")
        self.assertIn("clearing account comes out at zero", posting.explanation)

    def test_sc14_payee_is_that_of_the_day_of_confirmation(self):
        statements = self._two_centers_two_suppliers()
        former, later = self.lichuan.partner_id, self.env["res.partner"].create({"name": "另一收款单位"})
        self.load(self.row("A9", 2))
        february = self.prepare(FEBRUARY)
        self.lichuan.sudo().partner_id = later
        self.assertEqual(february.partner_id, later)
        self.assertEqual(self.statement(JANUARY).partner_id, former)
        self.post(statements)
        payable = self.statement(JANUARY).move_id.line_ids.filtered("partner_id")
        self.assertEqual(payable.partner_id, former)

    def test_sc14_posting_says_the_day_of_its_entries_where_the_books_are_locked(self):
        statements = self._two_centers_two_suppliers()
        self.company.fiscalyear_lock_date = "2022-02-28"
        wizard = self.env["rural.statement.post"].with_user(self.accountant).create({"statement_ids": statements.ids})
        self.assertIn("The books are locked", wizard.lock_note)
        wizard.date = "2022-03-31"
        self.assertFalse(wizard.lock_note)
        wizard.date = False
        note = wizard.lock_note
        posting = self.post(statements)
        self.assertEqual(set(posting.move_ids.mapped("date")), {posting.date})
        self.assertGreater(posting.date, date(2022, 2, 28))
        self.assertIn(format_date(wizard.env, posting.date), note)

    def test_sc14_no_entry_is_tied_to_a_posting_by_hand(self):
        posting = self.post(self._two_centers_two_suppliers())
        Move = self.env["account.move"].with_user(self.accountant)
        tie = {"rural_posting_id": posting.id, "rural_statement_id": self.statement(JANUARY).id}
        move = Move.create({"move_type": "entry"})
        for attempt in (
            lambda: Move.create({"move_type": "entry", **tie}),
            lambda: Move.with_context(default_rural_posting_id=posting.id).create({"move_type": "entry"}),
            lambda: move.write(tie),
        ):
            with self.assertRaisesRegex(UserError, "never by hand"), self.env.cr.savepoint():
                attempt()
