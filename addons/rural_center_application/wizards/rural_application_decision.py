from odoo import fields, models


class RuralApplicationDecision(models.TransientModel):
    """Ask why an application is returned, rejected or withdrawn."""

    _name = "rural.application.decision"
    _description = "Decision on an Application"

    application_id = fields.Many2one("rural.center.application", required=True, ondelete="cascade")
    decision = fields.Selection(
        [("return", "Ask for Corrections"), ("reject", "Reject"), ("withdraw", "Withdraw")],
        required=True,
        readonly=True,
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        """Carry the decision out and keep its reason (SC-03)."""
        self.ensure_one()
        steps = {
            "return": self.application_id._return,
            "reject": self.application_id._reject,
            "withdraw": self.application_id._withdraw,
        }
        steps[self.decision](self.reason)
        return {"type": "ir.actions.act_window_close"}
