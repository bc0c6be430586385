from odoo import fields, models


class RuralComplaintPenaltyCancel(models.TransientModel):
    """Asks why a penalty is to be taken back (MA-41)."""

    _name = "rural.complaint.penalty.cancel"
    _description = "Cancel a Penalty"

    penalty_id = fields.Many2one("rural.complaint.penalty", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_request(self):
        """Ask for the counter record."""
        self.penalty_id._request_cancellation(self.reason)
