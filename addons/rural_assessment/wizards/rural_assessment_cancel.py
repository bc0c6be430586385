from odoo import fields, models


class RuralAssessmentCancel(models.TransientModel):
    """Ask why an assessment is cancelled, and when its entries are reversed."""

    _name = "rural.assessment.cancel"
    _description = "Cancel Assessment"

    assessment_id = fields.Many2one("rural.assessment", required=True, readonly=True)
    state = fields.Selection(related="assessment_id.state")
    reason = fields.Text(required=True)
    date = fields.Date("Date of the Reversal", help="Empty: today.")

    def action_cancel_assessment(self):
        """Cancel the assessment."""
        self.ensure_one()
        self.assessment_id._cancel(self.reason, self.date)
        return {"type": "ir.actions.act_window_close"}
