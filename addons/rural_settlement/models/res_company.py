from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.languages import create_in_all_languages

BEARERS = [("supplier", "Suppliers, through the operator"), ("operator", "The operator")]
JOURNAL_CODE = "CFEE"


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_fee_bearer = fields.Selection(
        BEARERS,
        "Service Fees Borne By",
        required=True,
        default="supplier",
        help="Suppliers: the fees pass through the clearing account. Operator: a vendor bill per center.",
    )
    rural_fee_journal_id = fields.Many2one(
        "account.journal", "Service Fee Journal", domain=[("type", "=", "general")], check_company=True
    )
    rural_fee_clearing_account_id = fields.Many2one(
        "account.account",
        "Service Fee Clearing Account",
        domain=[("reconcile", "=", True)],
        check_company=True,
    )
    rural_fee_expense_account_id = fields.Many2one(
        "account.account",
        "Service Fee Expense Account",
        domain=[("account_type", "in", ("expense", "expense_direct_cost"))],
        check_company=True,
    )

    def _check_rural_fee_accounting(self):
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
                    "Service fees are in CNY, but %(company)s keeps its books in %(currency)s.",
                    company=self.name,
                    currency=self.currency_id.name,
                )
            )

    def _rural_fee_journal(self):
        """Return the journal of service fees; made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.rural_fee_journal_id:
            Journal = self.env["account.journal"].sudo().with_company(self)
            company.rural_fee_journal_id = Journal.search(
                [*Journal._check_company_domain(self), ("code", "=", JOURNAL_CODE)], limit=1
            ) or create_in_all_languages(
                Journal,
                lambda env: env._("Channel Service Fees"),
                {
                    "code": JOURNAL_CODE,
                    "type": "general",
                    "company_id": self.id,
                    "show_on_dashboard": False,
                },
            )
        return company.rural_fee_journal_id

    def _rural_fee_clearing_account(self):
        """Return the account on which centers and suppliers meet (渠道服务费清算); made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.rural_fee_clearing_account_id:
            Account = self.env["account.account"].sudo().with_company(self)
            company.rural_fee_clearing_account_id = create_in_all_languages(
                Account,
                lambda env: env._("Channel Service Fee Clearing"),
                {
                    "code": Account._search_new_account_code("224100"),
                    "account_type": "liability_current",
                    "reconcile": True,
                },
            )
        return company.rural_fee_clearing_account_id

    def _rural_fee_expense_account(self):
        """Return the account of fees that the operator bears: 6601, or 5601 in the books of small companies.

        :raises UserError: when the chart has neither and none is set
        """
        self.ensure_one()
        company = self.sudo()
        if not company.rural_fee_expense_account_id:
            Account = self.env["account.account"].sudo().with_company(self)
            for prefix in ("6601", "5601"):
                account = Account.search(
                    [*Account._check_company_domain(self), ("code", "=like", f"{prefix}%")],
                    order="code",
                    limit=1,
                )
                if account:
                    company.rural_fee_expense_account_id = account
                    break
            else:
                raise UserError(
                    self.env._(
                        "%s has no account 6601 for the fees it bears. Choose one under Rural Commerce > "
                        "Configuration > Settings.",
                        self.name,
                    )
                )
        return company.rural_fee_expense_account_id
