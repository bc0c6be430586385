from odoo import fields, models


class RuralPenaltyCaseDecide(models.TransientModel):
    """Ask for the measure of a penalty and its reasons (SC-17)."""

    _name = "rural.penalty.case.decide"
    _inherit = "rural.penalty.measure"
    _description = "Decide a Penalty Case"

    action = fields.Selection(required=True)
    deposit_balance = fields.Monetary("Balance of the Deposit", related="case_id.deposit_id.balance")
    reason = fields.Text(required=True)

    def action_decide(self):
        """Decide the case."""
        self.ensure_one()
        self.case_id._decide(self.action, self.amount, self.suspension_days, self.reason)
        return {"type": "ir.actions.act_window_close"}
