from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.languages import create_in_all_languages

JOURNAL_CODE = "DEPO"
ACCOUNT_START = "224110"
INCOME_TYPES = ("income", "income_other")


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_deposit_account_id = fields.Many2one(
        "account.account",
        "Deposit Account",
        domain=[("account_type", "in", ("liability_current", "liability_non_current"))],
        check_company=True,
        help="The liability towards the parties, a part of 2241. Nothing but deposits may move it.",
    )
    rural_deposit_income_account_id = fields.Many2one(
        "account.account",
        "Deduction Income Account",
        domain=[("account_type", "in", INCOME_TYPES)],
        check_company=True,
    )
    rural_deposit_journal_id = fields.Many2one(
        "account.journal", "Deduction Journal", domain=[("type", "=", "general")], check_company=True
    )

    def write(self, vals):
        """Keep the account of the deposits once there are entries on it.

        :raises UserError: when another account is set then
        """
        account = vals.get("rural_deposit_account_id", False)
        if "rural_deposit_account_id" in vals:
            for company in self.sudo():
                used = company.rural_deposit_account_id
                if used and used.id != account and company._has_posted_deposits():
                    raise UserError(
                        self.env._(
                            "%(account)s holds the deposits of %(company)s and stays their account.",
                            account=used.with_company(company).display_name,
                            company=company.name,
                        )
                    )
        return super().write(vals)

    def _has_posted_deposits(self) -> bool:
        domain = [("company_id", "=", self.id), ("move_ids", "!=", False)]
        return bool(self.env["rural.deposit.movement"].sudo().search_count(domain, limit=1))

    def _rural_deposit_account(self):
        """Return the liability account of deposits (保证金, a part of 2241); made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.rural_deposit_account_id:
            Account = self.env["account.account"].sudo().with_company(self)
            company.rural_deposit_account_id = create_in_all_languages(
                Account,
                lambda env: env._("Deposits"),
                {"code": Account._search_new_account_code(ACCOUNT_START), "account_type": "liability_current"},
            )
        return company.rural_deposit_account_id

    def _rural_deposit_income_account(self):
        """Return the account of income from deductions: 6301, or 5301 in the books of small companies.

        :raises UserError: when the chart has neither and none is set
        """
        self.ensure_one()
        company = self.sudo()
        if not company.rural_deposit_income_account_id:
            Account = self.env["account.account"].sudo().with_company(self)
            for code in ("6301", "5301"):
                domain = [*Account._check_company_domain(self), ("code", "=like", f"{code}%")]
                account = Account.search([*domain, ("account_type", "in", INCOME_TYPES)], order="code", limit=1)
                if account:
                    company.rural_deposit_income_account_id = account
                    break
            else:
                raise UserError(
                    self.env._(
                        "%s has no account 6301 for what is deducted from deposits. Choose one under Deposits > "
                        "Settings.",
                        self.name,
                    )
                )
        return company.rural_deposit_income_account_id

    def _rural_deposit_journal(self):
        """Return the journal of deductions; made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.rural_deposit_journal_id:
            Journal = self.env["account.journal"].sudo().with_company(self)
            domain = [*Journal._check_company_domain(self), ("code", "=", JOURNAL_CODE)]
            company.rural_deposit_journal_id = Journal.search(domain, limit=1) or create_in_all_languages(
                Journal,
                lambda env: env._("Deposit Deductions"),
                {"code": JOURNAL_CODE, "type": "general", "company_id": self.id, "show_on_dashboard": False},
            )
        return company.rural_deposit_journal_id

    def _rural_deposit_bank_journal(self):
        """Return the journal that deposits are paid through unless an accountant chooses another.

        :raises UserError: when the company has no bank
        """
        self.ensure_one()
        Journal = self.env["account.journal"].sudo().with_company(self)
        journal = Journal.search([*Journal._check_company_domain(self), ("type", "=", "bank")], limit=1)
        if not journal:
            raise UserError(self.env._("%s has no bank journal yet. Make one in accounting.", self.name))
        return journal
