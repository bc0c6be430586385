from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_payroll_journal_id = fields.Many2one(
        "account.journal", "Payroll Journal", domain=[("type", "=", "general")], check_company=True
    )

    def _rural_payroll_journal(self):
        """Return the journal of the payroll; made on first use."""
        return self._rural_journal("rural_payroll_journal_id", "SLRY", lambda env: env._("Payroll"))
