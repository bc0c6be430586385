from odoo import api, fields, models

from ..models.rural_penalty_violation import ACTIONS


class RuralPenaltyCaseAnswer(models.TransientModel):
    """Ask for the answer to an appeal (SC-17)."""

    _name = "rural.penalty.case.answer"
    _description = "Answer an Appeal"

    case_id = fields.Many2one("rural.penalty.case", required=True, readonly=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    appeal_reason = fields.Text(related="case_id.appeal_reason")
    result = fields.Selection(
        [("upheld", "Decision Stands"), ("changed", "Made Milder"), ("revoked", "Revoked")], required=True
    )
    action = fields.Selection(ACTIONS, compute="_compute_measure", store=True, readonly=False, precompute=True)
    amount = fields.Monetary(compute="_compute_measure", store=True, readonly=False, precompute=True)
    suspension_days = fields.Integer(
        "Days of Suspension", compute="_compute_measure", store=True, readonly=False, precompute=True
    )
    answer = fields.Text(required=True)

    @api.depends("case_id")
    def _compute_measure(self):
        for wizard in self:
            case = wizard.case_id
            wizard.action, wizard.amount, wizard.suspension_days = case.action, case.amount, case.suspension_days

    def action_decide(self):
        """Answer the appeal."""
        self.ensure_one()
        self.case_id._decide_appeal(self.result, self.answer, self.action, self.amount, self.suspension_days)
        return {"type": "ir.actions.act_window_close"}
