from odoo import api, fields, models

from odoo.addons.rural_settlement.models.res_company import BEARERS

from ..rules import year_days


class RuralAssessmentPost(models.TransientModel):
    """Show both sides of what will be posted, and ask for the accounting date (SC-14, SC-18)."""

    _name = "rural.assessment.post"
    _inherit = "rural.posting.dialog"
    _description = "Post Rewards"

    assessment_id = fields.Many2one("rural.assessment", required=True, readonly=True)
    bearer = fields.Selection(BEARERS, "Rewards Borne By", compute="_compute_sides")
    date = fields.Date(
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
        help="By default the year's last day.",
    )
    center_count = fields.Integer("Centers With a Reward", compute="_compute_sides")
    center_total = fields.Monetary("Payable to Centers", compute="_compute_sides")
    supplier_total = fields.Monetary("Receivable from Suppliers", compute="_compute_sides")
    difference = fields.Monetary("Left on Clearing", compute="_compute_sides")

    @api.depends("assessment_id")
    def _compute_date(self):
        for wizard in self:
            wizard.date = wizard.assessment_id and year_days(wizard.assessment_id.year)[1]

    @api.depends("assessment_id")
    def _compute_sides(self):
        for wizard in self:
            lines = wizard.assessment_id._origin.line_ids
            wizard.bearer = wizard.company_id.rural_fee_bearer
            wizard.center_count = len(lines._to_enter())
            wizard.center_total = sum(lines.mapped("reward"))
            wizard.supplier_total = sum(lines.reward_line_ids._by_supplier().values())
            wizard.difference = wizard.center_total - wizard.supplier_total

    def _documents(self):
        return self.assessment_id

    def _entry_journal(self):
        return self.company_id._rural_fee_journal()

    def action_post(self):
        """Post the rewards."""
        self.ensure_one()
        self.assessment_id._post(self.date)
        return {"type": "ir.actions.act_window_close"}
