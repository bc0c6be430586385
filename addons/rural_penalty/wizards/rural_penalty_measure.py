from odoo import api, fields, models

from ..models.rural_penalty_violation import ACTIONS


class RuralPenaltyMeasure(models.AbstractModel):
    """What dialogs share that ask for the measure of a case, which is proposed as it stands (SC-17)."""

    _name = "rural.penalty.measure"
    _description = "Dialog that asks for a measure"

    case_id = fields.Many2one("rural.penalty.case", required=True, readonly=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    action = fields.Selection(ACTIONS, compute="_compute_measure", store=True, readonly=False, precompute=True)
    amount = fields.Monetary(compute="_compute_measure", store=True, readonly=False, precompute=True)
    suspension_days = fields.Integer(
        "Days of Suspension", compute="_compute_measure", store=True, readonly=False, precompute=True
    )

    @api.depends("case_id")
    def _compute_measure(self):
        for wizard in self:
            case = wizard.case_id
            wizard.action, wizard.amount, wizard.suspension_days = case.action, case.amount, case.suspension_days
