from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.models.step_mixin import CHATTER

from .. import rules

GENERAL_MANAGER = ("rural_merchant.group_general_manager",)
RATE, NUMBER = (16, 6), (16, 2)


class RuralBonusScheme(models.Model):
    """All numbers by which recruiters are paid, valid from a day on (MA-21 to MA-27).

    A draft may be tried over past periods. Adopted by the general manager it becomes a version: no two of a company
    are valid on one day, and nobody changes it any more. Drafts stand apart by their `variant`.
    """

    _name = "rural.bonus.scheme"
    _description = "Bonus Scheme"
    _inherit = ["mail.thread", "rural.dated.mixin", "rural.step.mixin", "rural.editor.mixin"]
    _order = "valid_from desc, id desc"
    _dated_key = ("company_id", "variant")
    _maker_fields = ("create_uid", "editor_ids")

    name = fields.Char(required=True, translate=True, tracking=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, help="Empty: all companies.")
    state = fields.Selection(
        [("draft", "Draft"), ("adopted", "Adopted")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    variant = fields.Integer(required=True, readonly=True, copy=False, default=lambda self: self._next_variant())
    adopted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    adopted_on = fields.Date(readonly=True, copy=False)
    can_adopt = fields.Boolean(compute="_compute_can_adopt", help="Whether the reader may adopt it.")
    note = fields.Text("Reason")

    # MA-21
    points_class_1 = fields.Float("Class 1", digits=NUMBER, required=True, default=4)
    points_class_2 = fields.Float("Class 2", digits=NUMBER, required=True, default=2)
    points_class_3 = fields.Float("Class 3", digits=NUMBER, required=True, default=1)
    points_good_review = fields.Float("Good Review", digits=NUMBER, required=True, default=0.5)
    points_complaint = fields.Float("Complaint", digits=NUMBER, required=True, default=-0.5)
    # MA-22
    floor_points = fields.Float("Points to Reach", digits=NUMBER, required=True, default=6)
    upper_points = fields.Float("Points from which Each Counts More", digits=NUMBER, required=True, default=10)
    point_deduction = fields.Float("Deduction a Missing Point", digits=NUMBER, required=True, default=50)
    point_reward = fields.Float("Reward a Point", digits=NUMBER, required=True, default=10)
    point_reward_above = fields.Float("Reward a Point Above", digits=NUMBER, required=True, default=40)
    # MA-23
    terminal_profit = fields.Float("Least Profit a Terminal and Month", digits=NUMBER, required=True, default=50)
    terminal_full_months = fields.Integer("Full Months Before It Counts", required=True, default=2)
    # MA-24
    quarter_threshold = fields.Float("Average to Exceed", digits=NUMBER, required=True, default=50)
    quarter_step = fields.Float("Step of the Average", digits=NUMBER, required=True, default=50)
    quarter_rate = fields.Float("First Rate", digits=RATE, required=True, default=0.01)
    quarter_rate_step = fields.Float("Rate a Step", digits=RATE, required=True, default=0.002)
    quarter_rate_max = fields.Float("Highest Rate", digits=RATE, required=True, default=0.02)
    tenure_ids = fields.One2many("rural.bonus.tenure", "scheme_id", "Coefficients by Tenure", copy=True)
    # MA-25
    removal_first = fields.Float("Removal Rate to Reach", digits=RATE, required=True, default=0.2)
    removal_base = fields.Float("Counted from", digits=RATE, required=True, default=0.1)
    removal_step = fields.Float(digits=RATE, required=True, default=0.1)
    removal_rate_step = fields.Float("Rate Lowered a Step", digits=RATE, required=True, default=0.002)
    # MA-27
    year_threshold = fields.Float("Year: Average to Exceed", digits=NUMBER, required=True, default=50)
    year_step = fields.Float("Year: Step of the Average", digits=NUMBER, required=True, default=50)
    year_rate = fields.Float("Year: First Rate", digits=RATE, required=True, default=0.005)
    year_rate_step = fields.Float("Year: Rate a Step", digits=RATE, required=True, default=0.001)
    year_rate_max = fields.Float("Year: Highest Rate", digits=RATE, required=True, default=0.01)
    year_months_employed = fields.Integer(
        "Months with the Company", required=True, default=3,
        help="Who has fewer at the year's end is paid with the next year's.",
    )  # fmt: skip
    # MA-28
    correction_months = fields.Integer(
        "Months Looked Back", required=True, default=12, help="How far back a run looks for what has to be corrected."
    )

    _steps_positive = models.Constraint(
        "CHECK (quarter_step > 0 AND year_step > 0 AND removal_step > 0)", "A step is greater than 0."
    )
    _points_in_order = models.Constraint(
        "CHECK (floor_points <= upper_points)", "The points from which each counts more are not below those to reach."
    )

    @api.model
    def _next_variant(self) -> int:
        # A number of its own keeps a draft apart from the adopted versions, whose number is 0.
        self.env.cr.execute("SELECT nextval('rural_bonus_scheme_id_seq')")
        return self.env.cr.fetchone()[0]

    @api.depends("state", "editor_ids")
    @api.depends_context("uid")
    def _compute_can_adopt(self):
        is_general_manager = self._is_in_group(*GENERAL_MANAGER)
        for scheme in self:
            makers = scheme.sudo()._makers()
            scheme.can_adopt = is_general_manager and scheme.state == "draft" and self.env.user not in makers

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _check_may_write(self, vals):
        result = super()._check_may_write(vals)
        if vals.keys() - CHATTER:
            self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_adopted(self):
        self._check_draft()

    def _check_draft(self):
        for scheme in self.filtered(lambda scheme: scheme.state == "adopted"):
            raise UserError(
                self.env._(
                    "%s is adopted and stays as it is. Copy it, change the copy and have that adopted.", scheme.name
                )
            )

    def copy_data(self, default=None):
        """A copy is a draft for later."""
        return [
            {**vals, "name": self.env._("%s (copy)", scheme.name), "valid_to": False, **(default or {})}
            for scheme, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _lock_rows(self):
        """Let one person at a time adopt a scheme: one version ends where the next begins."""
        self.env["rural.lock"]._acquire("bonus scheme")
        return super()._lock_rows()

    def action_adopt(self):
        """Let a draft take effect, as general manager who has not edited it; the version before ends.

        :raises UserError: when a period it would cover has been approved already
        """
        self.ensure_one()
        self._begin_step(GENERAL_MANAGER, ("draft",))
        if self.valid_from.day != 1:
            raise UserError(self.env._("A scheme takes effect on the first day of a month."))
        self._check_no_run_approved()
        scheme = self.sudo()
        present = scheme._version_on(self.valid_from, company_id=self.company_id, variant=0)
        if present and present.valid_from < self.valid_from:
            scheme.valid_to = present.valid_to
            present.valid_to = self.valid_from - timedelta(days=1)
        scheme.write(
            {
                "variant": 0,
                "state": "adopted",
                "adopted_by_id": self.env.uid,
                "adopted_on": china_time.today(),
            }
        )

    def action_try(self):
        """Compute the scheme over past periods beside what was paid."""
        self.ensure_one()
        action = self._ask("rural.bonus.trial", self.env._("Try Over Past Periods"), scheme_id=self.id)
        return {**action, "target": "current"}

    def _check_no_run_approved(self):
        run = (
            self.env["rural.bonus.run"]
            .sudo()
            .search(
                [
                    ("state", "in", ("approved", "in_payslips")),
                    ("date_from", ">=", self.valid_from),
                    *([("company_id", "=", self.company_id.id)] if self.company_id else []),
                ],
                order="date_from desc",
                limit=1,
            )
        )
        if run:
            raise UserError(
                self.env._(
                    "%(run)s is approved already: the scheme can take effect after %(day)s only.",
                    run=run.display_name,
                    day=format_date(self.env, run.date_from),
                )
            )

    @api.model
    def _adopted_on_day(self, day, company):
        """Return the adopted scheme valid on a day: the company's own, else the common one.

        :raises UserError: when there is none
        """
        schemes = self.sudo()
        scheme = schemes._version_on(day, company_id=company, variant=0)
        scheme = scheme or schemes._version_on(day, company_id=False, variant=0)
        if not scheme:
            raise UserError(self.env._("No bonus scheme is adopted for %s.", format_date(self.env, day)))
        return scheme

    # ------------------------------------------------------------------
    # Numbers, as the rules take them
    # ------------------------------------------------------------------

    def _number(self, name) -> Decimal:
        return Decimal(str(self[name]))

    def _point_terms(self) -> rules.PointTerms:
        """Return what counts how many points (MA-21)."""
        return rules.PointTerms(
            classes={name: self._number(f"points_class_{name}") for name in "123"},
            good_review=self._number("points_good_review"),
            complaint=self._number("points_complaint"),
        )

    def _month_terms(self) -> rules.MonthTerms:
        """Return what points bring and cost (MA-22)."""
        return rules.MonthTerms(
            floor=self._number("floor_points"),
            upper=self._number("upper_points"),
            deduction=self._number("point_deduction"),
            reward=self._number("point_reward"),
            reward_above=self._number("point_reward_above"),
        )

    def _profit_terms(self, kind) -> rules.ProfitTerms:
        """Return the shares of the profit of a `quarter` (MA-24) or a `year` (MA-27)."""
        names = ("threshold", "step", "rate", "rate_step", "rate_max")
        return rules.ProfitTerms(**{name: self._number(f"{kind}_{name}") for name in names})

    def _removal_terms(self) -> rules.RemovalTerms:
        """Return what removals cost (MA-25)."""
        names = ("first", "base", "step", "rate_step")
        return rules.RemovalTerms(**{name: self._number(f"removal_{name}") for name in names})

    def _tenure_table(self) -> list:
        """Return the coefficients as (months from, coefficient)."""
        return [(row.months_from, Decimal(str(row.coefficient))) for row in self.tenure_ids]
