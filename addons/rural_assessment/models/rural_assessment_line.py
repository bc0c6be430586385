from decimal import Decimal
from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_account.models.rural_payable_document import ACCOUNTANTS
from odoo.addons.rural_base.amounts import capital_amount, cents
from odoo.addons.rural_base.percent import percent

from .. import rules

#: What a person may enter, where nobody answered the survey.
ENTERED = {"satisfaction_by_hand", "satisfaction_entered", "satisfaction_reason"}
SHARE = {"digits": (16, 6), "readonly": True, "aggregator": "avg"}
#: A provincial center's figures hold those of its children already: added up, everything would count twice (SC-16).
NO_SUM = {"readonly": True, "aggregator": None}
#: Printed forms are in Chinese whatever the reader's language.
INDICATOR_LABELS = dict(
    zip(
        rules.INDICATORS,
        ("市场化业务收入（元）", "区域交易额（元）", "交易采购人数（家）", "采购人满意度"),
        strict=True,
    )
)
KIND_LABELS = {"reward": "本年度奖励", "adjustment": "以前年度调整"}


class RuralAssessmentLine(models.Model):
    """The result of a center in a year: targets, what it reached, and its reward (SC-16, SC-18)."""

    _name = "rural.assessment.line"
    _description = "Assessment of a Center"
    _kept_in_house = frozenset({"satisfaction_reason"})
    _inherit = ["rural.clearing.document", "rural.step.mixin", "rural.explanation.mixin", "rural.printed.mixin"]
    _order = "year desc, center_id, id"
    _rec_names_search = ["name", "center_id"]
    _check_company_auto = True

    # identity
    name = fields.Char("Number", compute="_compute_name", store=True)
    assessment_id = fields.Many2one("rural.assessment", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="assessment_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(related="assessment_id.year", store=True, precompute=True, index=True, aggregator=None)
    state = fields.Selection(related="assessment_id.state", store=True, precompute=True)
    measured_at = fields.Datetime(related="assessment_id.measured_at")
    center_id = fields.Many2one(required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    region_id = fields.Many2one(related="center_id.region_id", store=True)
    area_manager_id = fields.Many2one(related="center_id.area_manager_id", search="_search_area_manager_id")
    agreement_id = fields.Many2one(
        "rural.center.agreement", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True
    )

    # targets, as agreed
    target_market_revenue = fields.Monetary(**NO_SUM)
    target_region_turnover = fields.Monetary(**NO_SUM)
    target_purchasers = fields.Integer(**NO_SUM)
    target_satisfaction = fields.Float(**SHARE)

    # indicators, as reached
    measured_from = fields.Date(
        related="agreement_id.date_from",
        string="Measured From",
        help="An agreement that begins within the year is measured from its first day, its targets are for that time.",
    )
    market_revenue = fields.Monetary(
        **NO_SUM,
        help="Eligible amounts of the center's code, less refunds; for a provincial center, those of its children too.",
    )
    region_turnover = fields.Monetary(**NO_SUM, help="All completed amounts of purchasers of the region, less refunds.")
    purchasers = fields.Integer(
        **NO_SUM, help="Purchasers of the region with a completed order that was not refunded whole."
    )
    satisfaction = fields.Float(**SHARE, help="Mean score of the surveys answered by purchasers of the region.")
    answers = fields.Integer("Survey Answers", readonly=True)
    is_satisfaction_known = fields.Boolean("Satisfaction Known", readonly=True)
    satisfaction_by_hand = fields.Boolean(
        "Entered by Hand", help="Where nobody answered the survey, and with a reason."
    )
    satisfaction_entered = fields.Float("Satisfaction by Hand", digits=(16, 6))
    satisfaction_reason = fields.Char(
        "Where It Comes From", help="Such as interviews by telephone: whom, when, with what result."
    )
    satisfaction_entered_by_id = fields.Many2one("res.users", readonly=True)

    # completion
    completion_market_revenue = fields.Float("Completion of Market Revenue", **SHARE)
    completion_region_turnover = fields.Float("Completion of Region Turnover", **SHARE)
    completion_purchasers = fields.Float("Completion of Purchasers", **SHARE)
    completion_satisfaction = fields.Float("Completion of Satisfaction", **SHARE)
    progress_market_revenue = fields.Float("Market Revenue %", compute="_compute_progress")
    progress_region_turnover = fields.Float("Region Turnover %", compute="_compute_progress")
    progress_purchasers = fields.Float("Purchasers %", compute="_compute_progress")
    progress_satisfaction = fields.Float("Satisfaction %", compute="_compute_progress")
    overall = fields.Float("Overall Completion", **SHARE)
    coefficient = fields.Float(**SHARE | NO_SUM)
    all_met = fields.Boolean("All Targets Met", readonly=True)

    # reward
    reward_line_ids = fields.One2many("rural.reward.line", "assessment_line_id", "Reward Lines", readonly=True)
    reward = fields.Monetary(readonly=True, help="Sum of the reward lines, with adjustments of earlier years.")
    adjustment = fields.Monetary("Of Which Adjustments", readonly=True)
    move_ids = fields.One2many("account.move", "rural_assessment_line_id", "Journal Entries", readonly=True)
    case_ids = fields.Many2many("rural.penalty.case", compute="_compute_case_ids", string="Penalty Cases")
    case_count = fields.Integer("Penalties", compute="_compute_case_ids")

    _once = models.UniqueIndex("(assessment_id, center_id)", "The center is in this assessment already.")

    @api.depends("assessment_id.name", "center_id.service_code")
    def _compute_name(self):
        for line in self:
            code = line.center_id.service_code or f"{line.center_id.id}"
            line.name = f"{line.assessment_id.name}/{code}"

    @api.depends("center_id.name", "year")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.year} {line.center_id.display_name or ''}".strip()

    @api.depends(*(f"completion_{name}" for name in rules.INDICATORS))
    def _compute_progress(self):
        for line in self:
            for name in rules.INDICATORS:
                # Cut, not rounded: 99.999% is not 100%.
                line[f"progress_{name}"] = round(line[f"completion_{name}"] * 10**6) // 100 / 100

    @api.depends("center_id", "year")
    def _compute_case_ids(self):
        for line in self:
            first, last = rules.year_days(line.year)
            line.case_ids = self.env["rural.penalty.case"].search(
                [
                    ("center_id", "=", line.center_id.id),
                    ("occurred_on", ">=", first),
                    ("occurred_on", "<=", last),
                    ("state", "not in", ("draft", "cancelled")),
                ]
            )
            line.case_count = len(line.case_ids)

    def _search_area_manager_id(self, operator, value):
        regions = self.env["rural.region"].search([("macro_region_id.manager_id", operator, value)])
        return [("region_id", "child_of", regions.ids)]

    @api.constrains("satisfaction_entered", "satisfaction_by_hand", "satisfaction_reason")
    def _check_satisfaction_entered(self):
        for line in self:
            if not 0 <= line.satisfaction_entered <= 1:
                raise ValidationError(self.env._("Satisfaction lies between 0% and 100%."))
            if line.satisfaction_by_hand and not (line.satisfaction_reason or "").strip():
                raise ValidationError(self.env._("Say where the satisfaction of %s comes from.", line.display_name))

    def write(self, vals):
        """Let people enter a satisfaction that no survey gave, in a draft; all else follows from the orders.

        :raises UserError: for anything else
        """
        if self.env.su:
            return super().write(vals)
        self.check_access("write")
        self._check_may_enter(vals.keys())
        before = {line: line._entered_share() for line in self.sudo()}
        result = super().write(vals)
        for line, share in before.items():
            # Another reason for the same share makes nobody the one who entered it.
            if line._entered_share() != share:
                line.satisfaction_entered_by_id = self.env.uid
        self.assessment_id._refresh()
        return result

    def _entered_share(self):
        return self.satisfaction_by_hand and self.satisfaction_entered

    def _check_may_enter(self, names):
        if not names <= ENTERED:
            raise UserError(self.env._("The results follow from orders, agreements and surveys. Nobody writes them."))
        self._check_state("draft")
        for line in self:
            if line.answers:
                raise UserError(
                    self.env._(
                        "%(line)s has %(count)s answers to the survey: their mean is its satisfaction.",
                        line=line.display_name,
                        count=line.answers,
                    )
                )

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def action_view_reward_lines(self):
        """Show the reward lines of the centers."""
        return self.reward_line_ids._action_view()

    def action_view_order_lines(self):
        """Show the order lines that the rewards rest on."""
        return self.reward_line_ids.action_view_order_lines()

    def action_view_moves(self):
        """Show the journal entries of the centers, and those of the suppliers."""
        shared = self.assessment_id.move_ids.filtered(lambda move: not move.rural_assessment_line_id)
        return (self.move_ids | shared)._rural_action_view()

    def action_view_cases(self):
        """Show the penalty cases of the year."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_penalty.action_penalty_case")
        return {**action, "domain": [("id", "in", self.case_ids.ids)], "context": {}}

    def action_register_payment(self):
        """Pay centers with Odoo's own payments."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("posted")
        return self._register_payment()

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return (
            "measured_from",
            "market_revenue",
            "region_turnover",
            "purchasers",
            "satisfaction",
            "overall",
            "coefficient",
            "reward",
        )

    def _explain(self) -> dict:
        """SC-16 and SC-18: each target and what was reached, the overall completion and its tier."""
        self.ensure_one()
        return {
            "clause": "SC-18",
            "inputs": self._indicator_inputs(),
            "sentence": self.env._(
                "%(center)s met its targets of %(year)s to %(overall)s, which is the coefficient %(coefficient)s. "
                "Its reward is %(reward)s, of which %(adjustment)s adjust earlier years.",
                center=self.center_id.display_name,
                year=self.year,
                overall=self._percent(self.overall),
                coefficient=f"{self.coefficient:g}",
                reward=self._amount(self.reward),
                adjustment=self._amount(self.adjustment),
            ),
        }

    def _indicator_inputs(self) -> dict:
        inputs = {label: self._compared(name, text) for name, label, text in self._indicator_texts()}
        if self.measured_from and self.measured_from > rules.year_days(self.year)[0]:
            inputs[self.env._("Measured from")] = self.measured_from
        if self.center_id.kind == "province":
            inputs[self.env._("Market revenue counts")] = self.env._("its own code and those of its centers")
        return inputs

    def _indicator_texts(self):
        return [
            ("market_revenue", self.env._("Market revenue"), self._amount),
            ("region_turnover", self.env._("Region turnover"), self._amount),
            ("purchasers", self.env._("Purchasers"), str),
            ("satisfaction", self.env._("Satisfaction"), self._percent),
        ]

    def _compared(self, name, text) -> str:
        if name == "satisfaction" and not self.is_satisfaction_known:
            return self.env._("not measured yet, target %s", text(self.target_satisfaction))
        return self.env._(
            "%(actual)s of %(target)s = %(completion)s",
            actual=text(self[name]),
            target=text(self[f"target_{name}"]),
            completion=self._percent(self[f"completion_{name}"]),
        )

    def _percent(self, share) -> str:
        return percent(share, places=2)

    # ------------------------------------------------------------------
    # Measured, compared with its targets, added up (SC-16, SC-18)
    # ------------------------------------------------------------------

    def _take_measures(self, measured):
        """Write down the agreed targets and what was measured."""
        agreement, is_measured = self.agreement_id, measured["satisfaction"] is not None
        by_hand = self.satisfaction_by_hand and not is_measured
        self.write(
            {
                "target_market_revenue": agreement.target_market_revenue,
                "target_region_turnover": agreement.target_region_turnover,
                "target_purchasers": agreement.target_purchasers,
                "target_satisfaction": agreement.target_satisfaction,
                "market_revenue": measured["market_revenue"],
                "region_turnover": measured["region_turnover"],
                "purchasers": measured["purchasers"],
                "answers": measured["answers"],
                "satisfaction": self.satisfaction_entered if by_hand else measured["satisfaction"] or 0,
                "is_satisfaction_known": is_measured or by_hand,
            }
        )

    def _judge(self, weights, tiers):
        """Compare with the targets and find the coefficient (SC-18)."""
        shares = [rules.completion(self._exact(name), self._exact(f"target_{name}")) for name in rules.INDICATORS]
        if not self.agreement_id:
            # Only left over from earlier years: nothing was agreed for this one, so nothing is rewarded.
            shares = [Fraction(0)] * len(shares)
        overall = rules.overall(shares, weights)
        self.write(
            {
                **{
                    f"completion_{name}": rules.shown(share)
                    for name, share in zip(rules.INDICATORS, shares, strict=True)
                },
                "overall": rules.shown(overall),
                "coefficient": rules.coefficient(overall, tiers),
                "all_met": all(share == 1 for share in shares),
            }
        )

    def _add_up(self):
        """Write down what the reward lines come to."""
        groups = self.env["rural.reward.line"]._read_group(
            [("assessment_line_id", "in", self.ids)], ["assessment_line_id", "kind"], ["reward:sum"]
        )
        totals = {(line.id, kind): reward for line, kind, reward in groups}
        for line in self:
            line.adjustment = totals.get((line.id, "adjustment"), 0)
            line.reward = totals.get((line.id, "reward"), 0) + line.adjustment

    def _exact(self, name) -> Decimal:
        return Decimal(str(round(self[name], 6)))

    def _figures(self) -> tuple:
        names = [*rules.INDICATORS, *(f"target_{name}" for name in rules.INDICATORS), "coefficient", "reward"]
        return (self.center_id.id, *(round(self[name], 6) for name in names))

    def _payable_amount(self):
        return self.reward

    # ------------------------------------------------------------------
    # Printed form
    # ------------------------------------------------------------------

    def _printed_indicators(self) -> list[dict]:
        """Return the rows of the indicators: label, target, actual, completion and weight, as printed."""
        self.ensure_one()
        weights = self._printed_weights()
        return [
            {
                "label": label,
                "target": self._printed_value(name, self[f"target_{name}"]),
                "actual": self._printed_value(name, self[name])
                if name != "satisfaction" or self.is_satisfaction_known
                else "未测评",
                "completion": self._percent(self[f"completion_{name}"]),
                "weight": weights.get(name, ""),
            }
            for name, label in INDICATOR_LABELS.items()
        ]

    def _printed_weights(self) -> dict:
        versions = self.assessment_id.parameter_ids
        weights = {
            name: version
            for name in rules.INDICATORS
            for version in versions
            if version.parameter_id.code == f"assessment_weight_{name}"
        }
        total = sum(version.value for version in weights.values())
        return {name: self._percent(version.value / total) for name, version in weights.items()} if total else {}

    def _printed_value(self, name, value) -> str:
        if name == "satisfaction":
            return self._percent(value)
        return f"{value:,}" if name == "purchasers" else f"{value:,.2f}"

    def _printed_groups(self) -> list[dict]:
        """Return the reward lines by kind: label, rows and their totals, in yuan."""
        self.ensure_one()
        groups = []
        for kind, label in KIND_LABELS.items():
            lines = self.reward_line_ids.filtered(lambda line, kind=kind: line.kind == kind)
            if lines:
                rows = [self._printed_row(line) for line in lines]
                totals = {name: sum(row[name] for row in rows) for name in ("base", "reward")}
                groups.append({"label": label, "rows": rows, **totals})
        return groups

    def _printed_row(self, line) -> dict:
        return {
            "supplier": line.supplier_id.name,
            "product": line.product_id.display_name or "（不在商品池，人工认定）",
            "year": line.year,
            "count": line.line_count,
            "rate": line.incentive_rate,
            "percent": percent(line.incentive_rate),
            "coefficient": line.coefficient,
            **{name: cents(line[name]) for name in ("base", "reward")},
        }

    def _printed_capital_reward(self) -> str:
        """Return the reward in capital numerals, as Chinese documents require (人民币大写)."""
        return capital_amount(cents(self.reward))

    def _printed_priority(self) -> str:
        return "是，下一年度优先续签" if self.all_met else "否"

    def _printed_cases(self) -> list[str]:
        """Return the final penalties of the year, a line each."""
        return [case._printed_line() for case in self.case_ids.filtered(lambda case: case.state == "final")]

    def _printed_file_name(self) -> str:
        return f"年度考核结果-{self.year}-{self.center_id.service_code or self.center_id.name}"
