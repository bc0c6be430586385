import hashlib

from odoo import api, fields, models

from odoo.addons.rural_settlement.models.res_company import BEARERS

STATES = [
    ("draft", "Draft"),
    ("reviewed", "Reviewed"),
    ("posted", "Posted"),
    ("cancelled", "Cancelled"),
]


#: Who reviews, and takes back what was reviewed.
REVIEWERS = ("rural_base.group_settlement_manager", "rural_base.group_operations_manager")


class RuralAssessment(models.Model):
    """What the centers of a company have reached in a year, and what they are rewarded with (SC-16, SC-18).

    A draft follows the orders: during the year it shows how far the targets are met, at the year's end a
    second person reviews it, and an accountant posts it. From the review on its figures stay as they are.
    """

    _name = "rural.assessment"
    _description = "Year-End Assessment"
    _inherit = [
        "rural.clearing.posting",
        "rural.period.document",
        "rural.explanation.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "year desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True
    _posting_field = "rural_assessment_id"
    _document_field = "rural_assessment_line_id"
    _period_field = "year"
    _confirmed_state = "reviewed"
    _live_states = ("reviewed", "posted")
    _confirm_groups = REVIEWERS

    # identity
    name = fields.Char("Number", compute="_compute_name", store=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", tracking=True, copy=False, group_expand=True
    )
    is_over = fields.Boolean("Year Is Over")
    round_ids = fields.Many2many("rural.satisfaction.round", compute="_compute_round_ids", string="Surveys")

    # figures
    line_ids = fields.One2many("rural.assessment.line", "assessment_id", "Centers", readonly=True)
    center_count = fields.Integer("Number of Centers", readonly=True)
    met_count = fields.Integer("All Targets Met", readonly=True)
    market_revenue = fields.Monetary(readonly=True)
    total = fields.Monetary("Rewards", readonly=True, help="What the centers get, with adjustments of earlier years.")
    residual = fields.Monetary("Still to Pay", compute="_compute_residual")
    reward_line_ids = fields.One2many("rural.reward.line", "assessment_id", "Reward Lines", readonly=True)
    parameter_ids = fields.Many2many(
        "rural.parameter.value",
        string="Weights and Tiers",
        readonly=True,
        copy=False,
        help="The versions valid on the last day of the year.",
    )

    # people and days
    measured_at = fields.Datetime("Figures As Of", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(string="Reviewed By")
    confirmed_at = fields.Datetime("Reviewed On")
    figures_key = fields.Char(compute="_compute_figures_key", help="Stands for the figures of all centers at once.")

    # accounting
    bearer = fields.Selection(BEARERS, "Rewards Borne By")
    move_ids = fields.One2many("account.move", "rural_assessment_id", "Journal Entries", readonly=True)

    _one_a_year = models.UniqueIndex(
        "(company_id, year) WHERE state <> 'cancelled'", "The company has an assessment of this year already."
    )
    _year_is_one = models.Constraint("CHECK (year BETWEEN 2000 AND 2999)", "This is not a year.")

    @api.depends("year")
    def _compute_name(self):
        for assessment in self:
            assessment.name = f"NK/{assessment.year}/{assessment.id or assessment._origin.id or 0}"

    @api.depends("year", "company_id")
    def _compute_round_ids(self):
        for assessment in self:
            assessment.round_ids = self.env["rural.satisfaction.round"].search(
                [("year", "=", assessment.year), ("company_id", "=", assessment.company_id.id)]
            )

    @api.depends("line_ids.residual")
    def _compute_residual(self):
        for assessment in self:
            assessment.residual = sum(assessment.line_ids.mapped("residual"))

    @api.depends("measured_at", "line_ids")
    def _compute_figures_key(self):
        for assessment in self:
            figures = [line._figures() for line in assessment.line_ids.sorted("center_id")]
            assessment.figures_key = hashlib.sha256(repr(figures).encode()).hexdigest()[:16]

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def action_view_lines(self):
        """Show the results of the centers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_assessment.action_assessment_line")
        return {**action, "domain": [("assessment_id", "in", self.ids)], "context": {}}

    def action_view_reward_lines(self):
        """Show the reward lines of the assessment."""
        return self.reward_line_ids._action_view()

    def action_print(self):
        """Print the result of each center."""
        return self.env.ref("rural_assessment.action_report_assessment").report_action(self.line_ids)

    # ------------------------------------------------------------------
    # Clearing
    # ------------------------------------------------------------------

    def _documents(self):
        return self.line_ids

    def _amounts_by_supplier(self, documents):
        return documents.reward_line_ids._by_supplier()

    def _label(self, whose):
        return self.env._("Year-end reward %(year)s, %(whose)s", year=self.year, whose=whose)

    def _undo_message(self, move, document):
        return self.env._(
            "%(move)s was made by the assessment %(assessment)s. Cancel the assessment instead, which reverses the "
            "entries of the centers and of the suppliers together.",
            move=move.display_name,
            assessment=self.name,
        )

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("total", "market_revenue", "center_count", "state", "bearer", "measured_at")

    def _explain(self) -> dict:
        """SC-18, and SC-14 once it is posted."""
        self.ensure_one()
        inputs = {
            self.env._("Eligible amounts"): self._amount(self.market_revenue),
            self.env._("Centers that met all targets"): self.met_count,
        }
        if self.state == "posted":
            inputs[self.env._("Clearing account")] = self._amount(self.clearing_balance)
        return {
            "clause": "SC-14" if self.state == "posted" else "SC-18",
            "inputs": inputs,
            "sentence": self.env._(
                "%(count)s centers get %(total)s for %(year)s: eligible amounts × the extra incentive rate of the "
                "pool × a coefficient that depends on how far each center met its targets.",
                count=self.center_count,
                total=self._amount(self.total),
                year=self.year,
            ),
        }
