from odoo import fields, models


class RuralPenaltyAppeal(models.TransientModel):
    """Enter an appeal that a center made (SC-17)."""

    _name = "rural.penalty.appeal"
    _description = "Enter an Appeal"

    case_id = fields.Many2one("rural.penalty.case", required=True, readonly=True)
    appeal_deadline = fields.Datetime(related="case_id.appeal_deadline")
    reason = fields.Text("Reasons of the Center", required=True)

    def action_appeal(self):
        """Enter the appeal."""
        self.ensure_one()
        self.case_id._appeal(self.reason)
        return {"type": "ir.actions.act_window_close"}
