from odoo import fields, models


class RuralPenaltyCaseAnswer(models.TransientModel):
    """Ask for the answer to an appeal (SC-17)."""

    _name = "rural.penalty.case.answer"
    _inherit = "rural.penalty.measure"
    _description = "Answer an Appeal"

    appeal_reason = fields.Text(related="case_id.appeal_reason")
    result = fields.Selection(
        [("upheld", "Decision Stands"), ("changed", "Made Milder"), ("revoked", "Revoked")], required=True
    )
    answer = fields.Text(required=True)

    def action_decide(self):
        """Answer the appeal."""
        self.ensure_one()
        self.case_id._decide_appeal(self.result, self.answer, self.action, self.amount, self.suspension_days)
        return {"type": "ir.actions.act_window_close"}
