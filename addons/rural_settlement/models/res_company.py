from odoo import api, fields, models

BEARERS = [("supplier", "Suppliers, through the operator"), ("operator", "The operator")]


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

    @api.model
    def _rural_kept_accounts(self):
        sources = tuple(name for pair in self.env["account.move"]._rural_clearing_fields() for name in pair)
        return {**super()._rural_kept_accounts(), "rural_fee_clearing_account_id": sources}

    def _rural_fee_journal(self):
        """Return the journal of service fees; made on first use."""
        return self._rural_journal("rural_fee_journal_id", "CFEE", lambda env: env._("Channel Service Fees"))

    def _rural_fee_clearing_account(self):
        """Return the account on which centers and suppliers meet (渠道服务费清算); made on first use."""
        return self._rural_own_account(
            "rural_fee_clearing_account_id",
            "224100",
            "liability_current",
            lambda env: env._("Channel Service Fee Clearing"),
            reconcile=True,
        )

    def _rural_fee_expense_account(self):
        """Return the account of fees that the operator bears: 6601, or 5601 in the books of small companies."""
        return self._rural_chart_account("rural_fee_expense_account_id", "6601", "5601")
