from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.languages import create_in_all_languages

JOURNAL_CODE = "CARD"
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

    def _check_rural_merchant_accounting(self):
        """Refuse to post where the books are not ready.

        :raises UserError: saying what is missing
        """
        self.ensure_one()
        if not self.sudo().root_id.chart_template:
            raise UserError(
                self.env._(
                    "%s has no chart of accounts yet. Choose one under Invoicing > Configuration > Settings.",
                    self.name,
                )
            )
        if self.currency_id.name != "CNY":
            raise UserError(
                self.env._(
                    "Merchants are paid in CNY, but %(company)s keeps its books in %(currency)s.",
                    company=self.name,
                    currency=self.currency_id.name,
                )
            )

    def _rural_merchant_journal(self):
        """Return the journal of merchants' statements; made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.rural_merchant_journal_id:
            Journal = self.env["account.journal"].sudo().with_company(self)
            domain = [*Journal._check_company_domain(self), ("code", "=", JOURNAL_CODE)]
            company.rural_merchant_journal_id = Journal.search(domain, limit=1) or create_in_all_languages(
                Journal,
                lambda env: env._("Merchant Statements"),
                {"code": JOURNAL_CODE, "type": "general", "company_id": self.id, "show_on_dashboard": False},
            )
        return company.rural_merchant_journal_id

    def _rural_card_liability_account(self):
        """Return the liability towards holders of prepaid cards (a part of 2241); made on first use."""
        return self._rural_made_account(
            "rural_card_liability_account_id",
            lambda env: env._("Prepaid-Card Liability"),
            "224130",
            "liability_current",
        )

    def _rural_bank_card_account(self):
        """Return the account of bank-card money under way (a part of 1221); made on first use."""
        return self._rural_made_account(
            "rural_bank_card_account_id", lambda env: env._("Bank-Card Clearing"), "122130", "asset_current"
        )

    def _rural_commission_account(self):
        """Return the account of rebates: main business income unless another is set."""
        return self._rural_income_account("rural_commission_account_id", ("6001", "5001"))

    def _rural_terminal_fee_account(self):
        """Return the account of terminal fees: other business income unless another is set."""
        return self._rural_income_account("rural_terminal_fee_account_id", ("6051", "5051"))

    def _rural_made_account(self, field, name, start, account_type):
        self.ensure_one()
        company = self.sudo()
        if not company[field]:
            Account = self.env["account.account"].sudo().with_company(self)
            code = Account._search_new_account_code(start)
            company[field] = create_in_all_languages(Account, name, {"code": code, "account_type": account_type})
        return company[field]

    def _rural_income_account(self, field, codes):
        self.ensure_one()
        company = self.sudo()
        if not company[field]:
            Account = self.env["account.account"].sudo().with_company(self)
            for code in codes:
                domain = [*Account._check_company_domain(self), ("code", "=like", f"{code}%")]
                account = Account.search([*domain, ("account_type", "in", INCOME_TYPES)], order="code", limit=1)
                if account:
                    company[field] = account
                    break
            else:
                raise UserError(
                    self.env._(
                        "%(company)s has no account %(code)s for what merchants bring in. Choose one under Merchants > "
                        "Settings.",
                        company=self.name,
                        code=codes[0],
                    )
                )
        return company[field]
