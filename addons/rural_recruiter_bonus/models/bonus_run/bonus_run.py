from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.models.step_mixin import CHATTER

from ..bonus_computation.bonus_computation import KINDS

STATES = [
    ("draft", "Draft"),
    ("reviewed", "Reviewed"),
    ("approved", "Approved"),
    ("in_payslips", "In Payslips"),
    ("cancelled", "Cancelled"),
]
#: States in which the figures are final.
FINAL = ("approved", "in_payslips")
#: The clause that a run begins with, by its kind.
CLAUSES = {"month": "MA-22", "quarter": "MA-24", "year": "MA-27"}
#: What a run is about.
PERIOD = {"kind", "date_from", "company_id"}
OFFICERS = ("payroll.group_payroll_user",)
HEADS = ("rural_merchant.group_recruiting_head",)
GENERAL_MANAGERS = ("rural_merchant.group_general_manager",)


class RuralBonusRun(models.Model):
    """What recruiters and their managers are due for a month, a quarter or a year (MA-21 to MA-28, MA-41)."""

    _name = "rural.bonus.run"
    _description = "Bonus Run"
    _inherit = ["mail.thread", "mail.activity.mixin", "rural.explanation.mixin", "rural.period.document"]
    _order = "date_from desc, kind, id desc"
    _check_company_auto = True

    _period_field = "date_from"
    _open_states = ("draft", "reviewed")
    _confirmed_state = "approved"
    _live_states = FINAL
    _editable_states = ("draft",)
    _entered_fields = frozenset(PERIOD | {"share_ids"})
    _maker_fields = ("maker_ids", "reviewed_by_id")
    _confirm_groups = GENERAL_MANAGERS
    _not_figures = CHATTER | {"share_ids"}

    name = fields.Char(compute="_compute_name", store=True)
    kind = fields.Selection(KINDS, required=True, default="month", tracking=True)
    date_from = fields.Date("First Day", required=True, default=lambda self: self._default_date_from())
    date_to = fields.Date("Last Day", compute="_compute_name", store=True)
    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, tracking=True)
    scheme_id = fields.Many2one("rural.bonus.scheme", readonly=True, copy=False, help="Valid on the first day.")
    line_ids = fields.One2many("rural.bonus.line", "run_id", readonly=True)
    share_ids = fields.One2many("rural.bonus.share", "run_id", "Managers' Shares")
    sharer_ids = fields.Many2many(
        "res.users",
        "rural_bonus_run_sharer_rel",
        string="Shared Out By",
        readonly=True,
        copy=False,
        help="All who have shared out the managers' bonus: somebody else approves it (MA-27).",
    )
    total = fields.Monetary(compute="_compute_total", store=True)
    person_count = fields.Integer("Persons", compute="_compute_total", store=True)
    correction_count = fields.Integer("Corrections", compute="_compute_total", store=True)
    changed_count = fields.Integer("Changed Since Last Computation", compute="_compute_total", store=True)
    computation_count = fields.Integer("Computations", readonly=True, copy=False)
    pool_figures = fields.Json(readonly=True, copy=False)
    pool_amount = fields.Monetary("To Share Out", readonly=True, copy=False)
    pool_text = fields.Text("How It Was Computed", compute="_compute_pool_text")
    older_corrections = fields.Json("Figures of Older Corrections", readonly=True, copy=False)
    older_text = fields.Text("Older Corrections", compute="_compute_older_text")

    # people and days
    confirmed_by_id = fields.Many2one(string="Approved By")
    confirmed_at = fields.Datetime("Approved On")
    reviewed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    can_review = fields.Boolean(
        compute="_compute_can_review", search="_search_can_review", help="Whether the reader may review it."
    )
    missing_months = fields.Char(
        compute="_compute_missing_months", help="Months of the period of which no file of card transactions is loaded."
    )
    missing_reason = fields.Text(
        "Why Without Card Files", readonly=True, copy=False, help="Why it was approved though card files are missing."
    )

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
            run.person_count = len(run.line_ids.employee_id)
            run.correction_count = len(run.line_ids.filtered("is_correction"))
            run.changed_count = len(run.line_ids.filtered("is_changed"))

    @api.model
    def _explanation_depends(self):
        return ("kind", "scheme_id", "line_ids.amount", "line_ids.clause")

    def _explain(self) -> dict:
        """What each clause comes to; how a person's amount came about, the lines say."""
        self.ensure_one()
        if not self.line_ids:
            return {}
        labels = dict(self.line_ids._fields["clause"]._description_selection(self.env))
        return {
            "clause": CLAUSES[self.kind],
            "inputs": {
                labels[clause]: self.env._(
                    "%(count)s lines, %(amount)s", count=len(lines), amount=self._amount(sum(lines.mapped("amount")))
                )
                for clause, lines in self.line_ids.sorted("clause").grouped("clause").items()
            },
            "sentence": self.env._(
                "%(total)s for %(count)s persons, by the scheme “%(scheme)s”, which is valid on the first day. How a "
                "person's amount came about, each line says.",
                total=self._amount(self.total),
                count=self.person_count,
                scheme=self.scheme_id.display_name,
            ),
        }

    @api.depends("pool_figures")
    @api.depends_context("lang")
    def _compute_pool_text(self):
        for run in self:
            pool = run.pool_figures
            run.pool_text = pool and self.env._(
                "Profit of all merchants %(total)s in %(months)s merchant-months: %(average)s on average. "
                "Rate %(rate)s.",
                total=run._amount(float(pool["total"])),
                months=f"{pool['merchant_months']:,}",
                average=run._amount(float(pool["average"])),
                rate=self.env["rural.bonus.line"]._percent(pool["rate"]),
            )

    @api.depends("older_corrections")
    @api.depends_context("lang")
    def _compute_older_text(self):
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        for run in self:
            run.older_text = "\n".join(
                self.env._(
                    "%(person)s, %(clause)s for %(period)s: worth %(worth)s today, %(given)s approved",
                    person=employees.browse(older["employee_id"]).name,
                    clause=older["clause"],
                    period=older["period"],
                    worth=formatLang(self.env, float(older["worth"]), currency_obj=run.currency_id),
                    given=formatLang(self.env, float(older["given"]), currency_obj=run.currency_id),
                )
                for older in run.older_corrections or ()
            )

    @api.depends("state", "is_over", "maker_ids", "computation_count")
    @api.depends_context("uid")
    def _compute_can_review(self):
        is_head = self._is_in_group(*HEADS)
        for run in self:
            run.can_review = bool(
                is_head
                and run.state == "draft"
                and run.is_over
                and run.computation_count
                and self.env.user not in run._makers()
                and not run._is_last_approver()
            )

    @api.model
    def _search_can_review(self, operator, value):
        return self._search_offered("can_review", [("state", "=", "draft")], operator, value)

    @api.depends("sharer_ids")
    def _compute_can_confirm(self):
        result = super()._compute_can_confirm()
        for run in self.filtered("can_confirm"):
            run.can_confirm = self.env.user not in run.sudo().sharer_ids
        return result

    @api.depends("sharer_ids", "reviewed_by_id", "computation_count")
    def _compute_in_the_way(self):
        result = super()._compute_in_the_way()
        for run in self:
            if run.state in self._open_states and run.is_over and run.computation_count:
                run.in_the_way = run._hand_in_the_way() or run.in_the_way
        return result

    @api.depends("state", "date_from", "kind")
    def _compute_missing_months(self):
        for run in self:
            months = run.sudo()._months_without_cards() if run.state in self._open_states and run.date_to else ()
            run.missing_months = ", ".join(f"{month:%Y-%m}" for month in months)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _prepare_begin_vals(self, vals):
        return self._with_first_day(super()._prepare_begin_vals(vals))

    def write(self, vals):
        """Change the period of a run without lines; all else goes by the buttons."""
        if PERIOD & vals.keys() and "date_from" in vals:
            vals = self._with_first_day({"kind": self[:1].kind, **vals})
        return super().write(vals)

    def _check_may_write(self, vals):
        result = super()._check_may_write(vals)
        if PERIOD & vals.keys() and self.sudo().line_ids:
            raise UserError(self.env._("A bonus run goes on by its buttons."))
        return result

    @api.model
    def _with_first_day(self, vals) -> dict:
        day = fields.Date.to_date(vals.get("date_from"))
        if not day:
            return vals
        start = self.env["rural.bonus.computation"]._period_start(vals.get("kind") or "month", day)
        return {**vals, "date_from": start}

    # ------------------------------------------------------------------
    # Views
    # ------------------------------------------------------------------

    def action_view_lines(self):
        """Show the lines in a list that can be grouped."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_recruiter_bonus.action_bonus_line")
        return {**action, "domain": [("run_id", "in", self.ids)], "context": {"search_default_by_employee": 1}}

    def action_view_changed_lines(self):
        """Show what the last computation changed."""
        return {**self.action_view_lines(), "context": {"search_default_changed": 1}}

    def _as_json(self) -> dict:
        """Return the run for other programs: each person's lines with clause, inputs and amount."""
        self.ensure_one()
        persons = [
            {
                "employee": employee.name,
                "total": f"{sum(lines.mapped('amount')):.2f}",
                "lines": [line._as_json() for line in lines],
            }
            for employee, lines in self.line_ids.grouped("employee_id").items()
        ]
        return {
            "kind": self.kind,
            "period": self.name,
            "state": self.state,
            "scheme": self.scheme_id.name,
            "total": f"{self.total:.2f}",
            "persons": persons,
        }
