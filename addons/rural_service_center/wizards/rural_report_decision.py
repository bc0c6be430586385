from odoo import fields, models


class RuralReportDecision(models.TransientModel):
    _name = "rural.report.decision"
    _description = "Rejection or Revocation of a Cross-Region Report"

    report_id = fields.Many2one("rural.cross.region.report", required=True, ondelete="cascade")
    decision = fields.Selection([("reject", "Reject"), ("revoke", "Revoke")], required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Carry the decision out and keep its reason (SC-11)."""
        self.ensure_one()
        if self.decision == "reject":
            self.report_id._reject(self.reason)
        else:
            self.report_id._revoke(self.reason)
        return {"type": "ir.actions.act_window_close"}
