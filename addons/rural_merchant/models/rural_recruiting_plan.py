from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RuralRecruitingPlan(models.Model):
    """How many merchants of which kind a city shall have by when (MA-07)."""

    _name = "rural.recruiting.plan"
    _description = "Recruiting Plan"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    region_id = fields.Many2one(
        "rural.region", required=True, index=True, help="Merchants of this region and below it count."
    )
    date_from = fields.Date(required=True, tracking=True)
    date_to = fields.Date(required=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")], required=True, default="draft", tracking=True
    )
    user_id = fields.Many2one("res.users", "Responsible", default=lambda self: self.env.user, tracking=True)
    note = fields.Html()
    phase_ids = fields.One2many("rural.recruiting.phase", "plan_id", "Phases", copy=True)
    target_ids = fields.One2many("rural.recruiting.target", "plan_id", "Targets", copy=True)
    target_count = fields.Integer("Target", compute="_compute_progress")
    signed_count = fields.Integer("Signed", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress")

    _dates_order = models.Constraint("CHECK (date_from <= date_to)", "The plan ends before it begins.")

    @api.depends("target_ids.target", "target_ids.dimension", "target_ids.phase_id")
    def _compute_progress(self):
        """The whole plan is its targets by class that belong to no phase."""
        for plan in self:
            targets = plan.target_ids.filtered(lambda target: target.dimension == "class" and not target.phase_id)
            plan.target_count = sum(targets.mapped("target"))
            plan.signed_count = sum(targets.mapped("signed_count"))
            plan.progress = 100 * plan.signed_count / plan.target_count if plan.target_count else 0

    def action_view_merchants(self):
        """Show the merchants that were signed within the plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant.action_merchant")
        domain = [
            ("company_id", "=", self.company_id.id),
            ("region_id", "child_of", self.region_id.id),
            ("signed_month", "!=", False),
            ("contract_from", ">=", self.date_from),
            ("contract_from", "<=", self.date_to),
        ]
        return {**action, "domain": domain, "context": {}}

    def action_view_progress(self):
        """Show the progress of the plan on charts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant.action_recruiting_progress")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {"search_default_by_class": 1}}

    def action_start(self):
        """Let the plan run."""
        self.state = "running"

    def action_finish(self):
        """Close the plan."""
        self.state = "done"


class RuralRecruitingPhase(models.Model):
    """A phase of a recruiting plan (MA-07)."""

    _name = "rural.recruiting.phase"
    _description = "Phase of a Recruiting Plan"
    _order = "plan_id, date_from, id"

    plan_id = fields.Many2one("rural.recruiting.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True, precompute=True)
    name = fields.Char(required=True)
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    note = fields.Text("What It Is About")
    target_ids = fields.One2many("rural.recruiting.target", "phase_id", "Targets")

    _dates_order = models.Constraint("CHECK (date_from <= date_to)", "The phase ends before it begins.")

    @api.constrains("date_from", "date_to", "plan_id")
    def _check_within_plan(self):
        for phase in self:
            plan = phase.plan_id
            if phase.date_from < plan.date_from or phase.date_to > plan.date_to:
                raise ValidationError(self.env._("%s lies outside the days of its plan.", phase.name))
