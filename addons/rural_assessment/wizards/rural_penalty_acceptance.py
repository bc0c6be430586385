from odoo import fields, models


class RuralPenaltyAcceptance(models.TransientModel):
    """Record that a center accepts a decision, with what shows it (SC-17)."""

    _name = "rural.penalty.acceptance"
    _description = "Record the Acceptance"

    case_id = fields.Many2one("rural.penalty.case", required=True, readonly=True)
    acceptance = fields.Text("What Shows It", required=True, help="Such as a letter of the center: its day and signer.")

    def action_accept(self):
        """Record the acceptance: the case is final."""
        self.ensure_one()
        self.case_id._accept(self.acceptance)
        return {"type": "ir.actions.act_window_close"}
