from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from .rural_bonus_period import KINDS

STATES = [
    ("draft", "Draft"),
    ("reviewed", "Reviewed"),
    ("approved", "Approved"),
    ("in_payslips", "In Payslips"),
    ("cancelled", "Cancelled"),
]
#: States in which the figures are final.
FINAL = ("approved", "in_payslips")
ENTERED = {"kind", "date_from", "company_id"}


class RuralBonusRun(models.Model):
    """What recruiters and their managers are due for a month, a quarter or a year (MA-21 to MA-28, MA-41)."""

    _name = "rural.bonus.run"
    _description = "Bonus Run"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.step.mixin"]
    _order = "date_from desc, kind, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    kind = fields.Selection(KINDS, required=True, default="month", tracking=True)
    date_from = fields.Date("First Day", required=True, default=lambda self: self._default_date_from())
    date_to = fields.Date("Last Day", compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, tracking=True)
    scheme_id = fields.Many2one("rural.bonus.scheme", readonly=True, copy=False, help="Valid on the first day.")
    line_ids = fields.One2many("rural.bonus.line", "run_id", readonly=True)
    share_ids = fields.One2many("rural.bonus.share", "run_id", "Managers' Shares")
    total = fields.Monetary(compute="_compute_total", store=True)
    person_count = fields.Integer("Persons", compute="_compute_total", store=True)
    correction_count = fields.Integer("Corrections", compute="_compute_total", store=True)
    changed_count = fields.Integer("Changed Since Last Computation", compute="_compute_total", store=True)
    computation_count = fields.Integer("Computations", readonly=True, copy=False)
    pool_figures = fields.Json(readonly=True, copy=False)
    pool_amount = fields.Monetary("To Share Out", readonly=True, copy=False)
    pool_text = fields.Text("How It Was Computed", compute="_compute_pool_text")
    computed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    computed_at = fields.Datetime(readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(company_id, kind, date_from) WHERE state <> 'cancelled'", "There is a run for this period already."
    )

    @api.model
    def _default_date_from(self):
        today = china_time.today()
        return fields.Date.start_of(fields.Date.subtract(today, months=1), "month")

    @api.depends("kind", "date_from")
    def _compute_name(self):
        computation = self.env["rural.bonus.computation"]
        for run in self:
            if run.kind and run.date_from:
                run.name = computation._period_label(run.kind, run.date_from)
                run.date_to = computation._period_end(run.kind, run.date_from)

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = {
            "month": self.env._("Monthly bonus %s"),
            "quarter": self.env._("Quarterly bonus %s"),
            "year": self.env._("Managers' bonus %s"),
        }
        for run in self:
            run.display_name = names[run.kind or "month"] % (run.name or "")

    @api.depends("line_ids.amount", "line_ids.previous_amount", "line_ids.is_correction")
    def _compute_total(self):
        for run in self:
            run.total = sum(run.line_ids.mapped("amount"))
            run.person_count = len(run.line_ids.filtered("amount").employee_id)
            run.correction_count = len(run.line_ids.filtered("is_correction"))
            run.changed_count = len(run.line_ids.filtered("is_changed"))

    @api.depends("pool_figures")
    @api.depends_context("lang")
    def _compute_pool_text(self):
        for run in self:
            pool = run.pool_figures
            run.pool_text = pool and self.env._(
                "Profit of all merchants %(total)s in %(months)s merchant-months: %(average)s on average. "
                "Rate %(rate)s.",
                total=pool["total"],
                months=pool["merchant_months"],
                average=pool["average"],
                rate=self.env["rural.bonus.line"]._percent(pool["rate"]),
            )

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Open runs; a period is given by any of its days."""
        if not self.env.su:
            allowed = {*ENTERED, "share_ids"}
            vals_list = [{name: value for name, value in vals.items() if name in allowed} for vals in vals_list]
        return super().create([self._with_first_day(vals) for vals in vals_list])

    def write(self, vals):
        """Change the period of a run without lines; all else goes by the buttons."""
        is_open = all(run.state == "draft" and not run.sudo().line_ids for run in self)
        if not self.env.su and ENTERED & vals.keys() and not is_open:
            raise UserError(self.env._("A bonus run goes on by its buttons."))
        if ENTERED & vals.keys() and "date_from" in vals:
            vals = self._with_first_day({"kind": self[:1].kind, **vals})
        return super().write(vals)

    def _with_first_day(self, vals) -> dict:
        day = fields.Date.to_date(vals.get("date_from"))
        if not day:
            return vals
        start = self.env["rural.bonus.computation"]._period_start(vals.get("kind") or "month", day)
        return {**vals, "date_from": start}

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._check_state("draft")

    # ------------------------------------------------------------------
    # Views
    # ------------------------------------------------------------------

    def action_view_lines(self):
        """Show the lines in a list that can be grouped."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_recruiter_bonus.action_rural_bonus_line")
        return {**action, "domain": [("run_id", "in", self.ids)], "context": {"search_default_by_employee": 1}}

    def action_view_changed_lines(self):
        """Show what the last computation changed."""
        return {**self.action_view_lines(), "context": {"search_default_changed": 1}}
