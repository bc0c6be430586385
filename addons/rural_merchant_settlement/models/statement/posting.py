from odoo import fields, models
from odoo.fields import Command

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS


class RuralMerchantStatement(models.Model):
    """MA-09: card money that the operator holds becomes a payable of the merchant, less what it earns."""

    _inherit = "rural.merchant.statement"

    def action_post_selected(self):
        """Ask for the accounting date and post."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("confirmed")
        return self._ask(
            "rural.merchant.statement.post", self.env._("Post Statements"), statement_ids=[Command.set(self.ids)]
        )

    def action_register_payment(self):
        """Pay the merchants with Odoo's own payments."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("posted")
        return self._register_payment()

    def _post(self, day=None):
        """Post confirmed statements, an entry for each.

        :param date day: accounting date; by default the last day of each statement's month
        :raises UserError: naming what is in the way
        """
        self._begin_posting(day)
        for company, statements in self.sudo().grouped("company_id").items():
            company._check_rural_books()
            Move = self.env["account.move"].sudo().with_company(company).with_context(mail_create_nosubscribe=True)
            to_enter = statements.filtered(lambda statement: statement._entry_lines())
            statements.write({"posted_by_id": self.env.uid})
            moves = Move.create([statement._prepare_move_vals(day) for statement in to_enter])
            moves.action_post()
            for statement, move in zip(to_enter, moves, strict=True):
                statement.write({"move_id": move.id, "state": "posted"})
            (statements - to_enter).write({"state": "paid"})

    def _entry_day(self):
        return self.move_id.date

    def _reverse(self, day):
        for statement in self.sudo():
            if statement.move_id:
                values = {
                    "ref": self.env._("Cancellation of %s", statement.name),
                    "date": day,
                    "rural_merchant_statement_id": statement.id,
                }
                statement.move_id._reverse_moves([values], cancel=True)

    def _payable_amount(self):
        return self.net_amount

    # ------------------------------------------------------------------
    # Values of the entry
    # ------------------------------------------------------------------

    def _prepare_move_vals(self, day=None) -> dict:
        """Return the values of a statement's entry."""
        self.ensure_one()
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._rural_merchant_journal().id,
            "date": day or fields.Date.end_of(self.month, "month"),
            "ref": self.name,
            "partner_id": self.partner_id.id,
            "rural_merchant_statement_id": self.id,
            "line_ids": [Command.create(vals) for vals in self._entry_lines()],
        }

    def _entry_lines(self) -> list[dict]:
        """Return the items: card money that is held, to the merchant's payable and the operator's income.

        The acquirer pays bank-card sales less its fee, which is therefore no income.
        """
        self.ensure_one()
        company = self.company_id
        payable = self.partner_id.with_company(company).property_account_payable_id
        items = [
            (company._rural_card_liability_account(), self.prepaid_sales, self.env._("prepaid-card sales")),
            (
                company._rural_bank_card_account(),
                self.bank_sales - self.bank_fee,
                self.env._("bank-card sales less fee"),
            ),
            (company._rural_commission_account(), -self.rebate, self.env._("prepaid-card rebate")),
            (company._rural_terminal_fee_account(), -self.terminal_fee, self.env._("terminal fees")),
            (payable, -self.net_amount, self.env._("net payable")),
        ]
        return [
            {
                "account_id": account.id,
                "partner_id": self.partner_id.id,
                "name": f"{self.name} {label}",
                "balance": self.currency_id.round(balance),
            }
            for account, balance, label in items
            if not self.currency_id.is_zero(balance)
        ]
