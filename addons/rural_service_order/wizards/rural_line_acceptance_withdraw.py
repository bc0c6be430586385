from odoo import fields, models


class RuralLineAcceptanceWithdraw(models.TransientModel):
    """Ask why acceptances by hand are withdrawn (SC-12)."""

    _name = "rural.line.acceptance.withdraw"
    _description = "Withdraw Acceptances"

    acceptance_ids = fields.Many2many("rural.line.acceptance", string="Acceptances", required=True)
    reason = fields.Text(required=True)

    def action_withdraw(self):
        """Ask a second person for the withdrawal."""
        self.ensure_one()
        self.acceptance_ids._request_withdrawal(self.reason)
        return {"type": "ir.actions.act_window_close"}
