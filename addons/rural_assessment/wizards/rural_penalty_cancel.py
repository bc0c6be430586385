from odoo import fields, models


class RuralPenaltyCancel(models.TransientModel):
    """Ask why a penalty case is cancelled."""

    _name = "rural.penalty.cancel"
    _description = "Cancel a Penalty Case"

    case_id = fields.Many2one("rural.penalty.case", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_cancel_case(self):
        """Cancel the case."""
        self.ensure_one()
        self.case_id._cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
