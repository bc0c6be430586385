from odoo import api, fields, models

from ..models.rural_penalty_violation import ACTIONS


class RuralPenaltyCaseDecide(models.TransientModel):
    """Ask for the measure of a penalty and its reasons (SC-17)."""

    _name = "rural.penalty.case.decide"
    _description = "Decide a Penalty Case"

    case_id = fields.Many2one("rural.penalty.case", required=True, readonly=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    action = fields.Selection(
        ACTIONS, compute="_compute_measure", store=True, readonly=False, precompute=True, required=True
    )
    amount = fields.Monetary(compute="_compute_measure", store=True, readonly=False, precompute=True)
    suspension_days = fields.Integer(
        "Days of Suspension", compute="_compute_measure", store=True, readonly=False, precompute=True
    )
    deposit_balance = fields.Monetary("Balance of the Deposit", related="case_id.deposit_id.balance")
    reason = fields.Text(required=True)

    @api.depends("case_id")
    def _compute_measure(self):
        for wizard in self:
            case = wizard.case_id
            wizard.action, wizard.amount, wizard.suspension_days = case.action, case.amount, case.suspension_days

    def action_decide(self):
        """Decide the case."""
        self.ensure_one()
        self.case_id._decide(self.action, self.amount, self.suspension_days, self.reason)
        return {"type": "ir.actions.act_window_close"}
