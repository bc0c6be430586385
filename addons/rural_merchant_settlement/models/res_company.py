from odoo import fields, models

INCOME_TYPES = ("income", "income_other")


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_merchant_journal_id = fields.Many2one(
        "account.journal", "Merchant Statement Journal", domain=[("type", "=", "general")], check_company=True
    )
    rural_card_liability_account_id = fields.Many2one(
        "account.account",
        "Prepaid-Card Liability",
        domain=[("account_type", "in", ("liability_current", "liability_non_current"))],
        check_company=True,
        help="What holders of prepaid cards have paid in and not spent.",
    )
    rural_bank_card_account_id = fields.Many2one(
        "account.account",
        "Bank-Card Clearing",
        domain=[("account_type", "in", ("asset_current", "asset_cash"))],
        check_company=True,
        help="What the acquirer still has to pay for bank-card sales, less its fee.",
    )
    rural_commission_account_id = fields.Many2one(
        "account.account", "Rebate Income", domain=[("account_type", "in", INCOME_TYPES)], check_company=True
    )
    rural_terminal_fee_account_id = fields.Many2one(
        "account.account", "Terminal Fee Income", domain=[("account_type", "in", INCOME_TYPES)], check_company=True
    )

    def _rural_merchant_journal(self):
        """Return the journal of merchants' statements; made on first use."""
        return self._rural_journal("rural_merchant_journal_id", "CARD", lambda env: env._("Merchant Statements"))

    def _rural_card_liability_account(self):
        """Return the liability towards holders of prepaid cards (a part of 2241); made on first use."""
        return self._rural_own_account(
            "rural_card_liability_account_id",
            "224130",
            "liability_current",
            lambda env: env._("Prepaid-Card Liability"),
        )

    def _rural_bank_card_account(self):
        """Return the account of bank-card money under way (a part of 1221); made on first use."""
        return self._rural_own_account(
            "rural_bank_card_account_id", "122130", "asset_current", lambda env: env._("Bank-Card Clearing")
        )

    def _rural_commission_account(self):
        """Return the account of rebates: main business income unless another is set."""
        return self._rural_chart_account("rural_commission_account_id", "6001", "5001")

    def _rural_terminal_fee_account(self):
        """Return the account of terminal fees: other business income unless another is set."""
        return self._rural_chart_account("rural_terminal_fee_account_id", "6051", "5051")
