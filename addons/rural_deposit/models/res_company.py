from odoo import api, fields, models
from odoo.exceptions import UserError

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

    @api.model
    def _rural_kept_accounts(self):
        return {**super()._rural_kept_accounts(), "rural_deposit_account_id": ("rural_deposit_movement_id",)}

    def _rural_deposit_account(self):
        """Return the liability account of deposits (保证金, a part of 2241); made on first use."""
        return self._rural_own_account(
            "rural_deposit_account_id", "224110", "liability_current", lambda env: env._("Deposits")
        )

    def _rural_deposit_income_account(self):
        """Return the account of income from deductions: 6301, or 5301 in the books of small companies.

        :raises UserError: when the chart has neither and none is set
        """
        return self._rural_chart_account("rural_deposit_income_account_id", "6301", "5301")

    def _rural_deposit_journal(self):
        """Return the journal of deductions; made on first use."""
        return self._rural_journal("rural_deposit_journal_id", "DEPO", lambda env: env._("Deposit Deductions"))

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
