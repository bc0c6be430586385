from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import BooksCase


class TestBooks(BooksCase):
    """What an addon that posts finds in a company's books, or makes there."""

    def test_books_in_yuan_are_ready(self):
        self.assertIsNone(self.company._check_rural_books())

    def test_company_without_a_chart_is_named(self):
        company = self.env["res.company"].create({"name": "无账套运营商", "currency_id": self.env.ref("base.CNY").id})
        with self.assertRaisesRegex(UserError, "无账套运营商 has no chart of accounts"):
            company._check_rural_books()

    def test_books_in_another_currency_are_refused(self):
        company = self._new_company("境外账套运营商")
        company.currency_id = self.env.ref("base.USD")
        with self.assertRaisesRegex(UserError, "keeps its books in USD"):
            company._check_rural_books()

    def test_entry_that_no_document_made_is_left_to_accountants(self):
        accountant = new_test_user(
            self.env, "books_accountant", "account.group_account_user", company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        Account = self.env["account.account"].with_company(self.company)
        accounts = Account.search([*Account._check_company_domain(self.company), ("code", "=like", "66%")], limit=2)
        move = self.env["account.move"].with_user(accountant).create(
            {"line_ids": [
                (0, 0, {"account_id": account.id, "balance": balance})
                for account, balance in zip(accounts, (10, -10), strict=True)
            ]}
        )  # fmt: skip
        move.action_post()
        self.assertIs(move.rural_undo_hint, False)
        move.button_draft()
        self.assertEqual(move.state, "draft")

    def test_lines_without_an_account_stand_where_no_account_is_kept_yet(self):
        """A heading within an invoice has no account, as a company whose documents have posted nothing has none."""
        income = self.env["account.account"].search(
            [*self.env["account.account"]._check_company_domain(self.company), ("account_type", "=", "income")], limit=1
        )
        kept = self.company._rural_kept_accounts()
        self.assertFalse(any(self.company[field] for field in kept))
        bill = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": self.company.id,
                "partner_id": self.company.partner_id.id,
                "invoice_line_ids": [
                    (0, 0, {"display_type": "line_section", "name": "服务"}),
                    (0, 0, {"name": "培训", "account_id": income.id, "price_unit": 10, "tax_ids": False}),
                ],
            }
        )
        bill.action_post()
        self.assertEqual(bill.state, "posted")
