from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.rural_base import china_time

from ..rural_penalty_violation import ACTIONS, PARTY_KINDS

STATES = [
    ("draft", "Recorded"),
    ("heard", "Heard"),
    ("decided", "Decided"),
    ("appealed", "Appealed"),
    ("final", "Final"),
    ("cancelled", "Cancelled"),
]
#: A case that may still lead to something.
OPEN_STATES = ("draft", "heard", "decided", "appealed")
#: Who records and hears, and who decides.
STAFF = ("rural_base.group_operations",)
DECIDERS = ("rural_base.group_operations_manager",)
MEASURE = ("action", "amount", "suspension_days")
#: What stays once the party has been heard on it, beside who the party is, and what it said.
FACTS = ("violation_id", "occurred_on", "description", "heard_on", "hearing", "did_not_appear")
#: Printed forms are in Chinese whatever the reader's language.
PRINTED_ACTIONS = {"warning": "警告", "deduction": "扣减保证金", "suspension": "暂停服务", "termination": "终止合作"}
PRINTED_RESULTS = {"upheld": "维持原决定", "changed": "减轻处理", "revoked": "撤销"}


class RuralPenaltyCase(models.Model):
    """A violation by a party: recorded, heard, decided by a second person, appealed once at most (SC-17).

    What was decided takes effect when the case is final: when the party accepts it, lets the days to appeal
    pass, or its appeal has been answered.
    """

    _name = "rural.penalty.case"
    _description = "Penalty Case"
    _kept_in_house = frozenset({"cancel_reason"})
    _inherit = [
        *("rural.step.mixin", "rural.editor.mixin", "rural.files.mixin", "rural.explanation.mixin"),
        *("mail.thread", "mail.activity.mixin"),
    ]
    _order = "occurred_on desc, id desc"
    _rec_names_search = ["name", "party_name", "violation_id"]
    _check_company_auto = True
    _editable_states = ("draft", "heard")
    _always_writable = frozenset({"attachment_ids"})
    _open_file_states = ("draft", "heard")
    _deletable_states = ("draft",)
    _maker_fields = ("create_uid", "recorded_by_id", "heard_by_id")

    # what happened
    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False, index="trigram")
    party_kind = fields.Selection(
        PARTY_KINDS,
        "Kind of Party",
        compute="_compute_party_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Party",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who answers for the violation and may appeal.",
    )
    party_name = fields.Char("Name of the Party", compute="_compute_party_name", store=True, precompute=True)
    deposit_id = fields.Many2one("rural.deposit", compute="_compute_deposit_id", compute_sudo=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, required=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    violation_id = fields.Many2one(
        "rural.penalty.violation", required=True, index=True, ondelete="restrict", check_company=True, tracking=True
    )
    occurred_on = fields.Date(
        required=True, default=lambda self: china_time.today(), tracking=True, help="The day of the violation."
    )
    description = fields.Text("Facts", required=True, help="What happened and what shows it.")
    attachment_ids = fields.Many2many(string="Evidence")
    recorded_by_id = fields.Many2one("res.users", readonly=True, copy=False, default=lambda self: self.env.user)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", copy=False, tracking=True, group_expand=True, index=True
    )

    # hearing
    heard_on = fields.Date(copy=False, tracking=True)
    hearing = fields.Text("What the Party Said", copy=False)
    did_not_appear = fields.Boolean(copy=False, help="The party was invited and said nothing.")
    heard_by_id = fields.Many2one("res.users", "Hearing Recorded By", readonly=True, copy=False)

    # measure
    action = fields.Selection(
        ACTIONS, compute="_compute_measure", store=True, readonly=False, required=True, precompute=True, tracking=True
    )
    amount = fields.Monetary(
        compute="_compute_measure", store=True, readonly=False, precompute=True, tracking=True, help="To be deducted."
    )
    suspension_days = fields.Integer(
        "Days of Suspension", compute="_compute_measure", store=True, readonly=False, precompute=True, tracking=True
    )

    # decision
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)
    decision_reason = fields.Text("Reasons of the Decision", readonly=True, copy=False)
    first_action = fields.Selection(ACTIONS, "First Decided", readonly=True, copy=False)
    first_amount = fields.Monetary(readonly=True, copy=False)
    first_suspension_days = fields.Integer("First Days", readonly=True, copy=False)

    # appeal
    appeal_days_id = fields.Many2one("rural.parameter.value", "Days to Appeal", readonly=True, copy=False)
    appeal_deadline = fields.Datetime(readonly=True, copy=False, help="Until then the party can appeal, once.")
    accepted_on = fields.Date(readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", "Acceptance Entered By", readonly=True, copy=False)
    acceptance = fields.Text(
        readonly=True, copy=False, help="What shows that the party accepts, where it did not do so on its portal."
    )
    appealed_at = fields.Datetime("Appealed On", readonly=True, copy=False)
    appealed_by_id = fields.Many2one("res.users", "Appeal Entered By", readonly=True, copy=False)
    appeal_reason = fields.Text("Appeal", readonly=True, copy=False)
    appeal_result = fields.Selection(
        [("upheld", "Decision Stands"), ("changed", "Made Milder"), ("revoked", "Revoked")],
        "Result of the Appeal",
        readonly=True,
        copy=False,
        tracking=True,
    )
    appeal_answer = fields.Text("Answer to the Appeal", readonly=True, copy=False)
    appeal_decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    appeal_decided_at = fields.Datetime("Appeal Decided On", readonly=True, copy=False)
    can_appeal = fields.Boolean(compute="_compute_can_appeal")
    can_decide = fields.Boolean(
        compute="_compute_can_step", search="_search_can_decide", help="Whether the reader may decide the case."
    )
    can_accept = fields.Boolean(compute="_compute_can_step", help="Whether the reader may enter an acceptance.")
    can_decide_appeal = fields.Boolean(
        compute="_compute_can_step",
        search="_search_can_decide_appeal",
        help="Whether the reader may answer the appeal.",
    )

    # end
    final_on = fields.Date("Final Since", readonly=True, copy=False)
    cancel_reason = fields.Text("Why Cancelled", readonly=True, copy=False)
    cancelled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancelled_at = fields.Datetime("Cancelled On", readonly=True, copy=False)

    @api.depends("violation_id")
    def _compute_measure(self):
        for case in self:
            if case.state == "draft" and case.violation_id:
                for name in MEASURE:
                    case[name] = case.violation_id[name]

    @api.depends("state", "appeal_deadline", "appealed_at")
    def _compute_can_appeal(self):
        now = fields.Datetime.now()
        for case in self:
            case.can_appeal = case.state == "decided" and not case.appealed_at and case.appeal_deadline >= now

    @api.depends("state", "recorded_by_id", "heard_by_id", "editor_ids", "decided_by_id", "appealed_by_id")
    @api.depends_context("uid")
    def _compute_can_step(self):
        is_decider, is_staff = self._is_in_group(*DECIDERS), self._is_in_group(*STAFF)
        for case in self:
            hands = case._makers()
            earlier = hands | case.sudo().decided_by_id
            user = self.env.user
            case.can_decide = is_decider and case.state == "heard" and user not in hands
            case.can_accept = is_staff and case.state == "decided" and user not in earlier
            case.can_decide_appeal = (
                is_decider and case.state == "appealed" and user not in earlier | case.sudo().appealed_by_id
            )

    @api.model
    def _search_can_decide(self, operator, value):
        return self._search_offered("can_decide", [("state", "=", "heard")], operator, value)

    @api.model
    def _search_can_decide_appeal(self, operator, value):
        return self._search_offered("can_decide_appeal", [("state", "=", "appealed")], operator, value)

    @api.depends("name", "party_name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = f"{case.name} {case.party_name or ''}".strip()

    @api.constrains("occurred_on")
    def _check_occurred_on(self):
        for case in self:
            if case.occurred_on > china_time.today():
                raise ValidationError(self.env._("A violation cannot lie in the future."))

    @api.constrains("heard_on", "occurred_on")
    def _check_heard_on(self):
        for case in self:
            if case.heard_on and case.heard_on < case.occurred_on:
                raise ValidationError(self.env._("%s: a party is not heard before the violation.", case.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        """Number the cases."""
        cases = super().create(vals_list)
        for case in cases:
            sequence = self.env["ir.sequence"].sudo().with_company(case.company_id)
            case.sudo().name = sequence.next_by_code("rural.penalty.case", sequence_date=case.occurred_on)
        return cases

    def _check_may_write(self, vals):
        """Keep the facts on which the party was heard."""
        if vals.keys() & {*FACTS, *self._party_field_names()}:
            self._check_state("draft")

    def _is_open(self) -> bool:
        """Tell whether the case may still lead to something."""
        self.ensure_one()
        return self.state in OPEN_STATES

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("state", "action", "amount", "suspension_days", "appeal_deadline", "appeal_result")

    def _explain(self) -> dict:
        """SC-17: the violation, the measure, and how far the case is."""
        self.ensure_one()
        inputs = {self.env._("Violation"): self.violation_id.display_name}
        if self.appeal_deadline:
            inputs[self.env._("The party can appeal until")] = self._china_time(self.appeal_deadline)
        sentences = {
            "draft": self.env._("Recorded; the party has to be heard. Proposed: %s.", self._measure_text()),
            "heard": self.env._("The party was heard; a second person decides. Proposed: %s.", self._measure_text()),
            "decided": self.env._("Decided: %s. It takes effect when the case is final.", self._measure_text()),
            "appealed": self.env._("The party has appealed against: %s.", self._measure_text()),
            "final": self.env._("Final: %s.", self._measure_text()),
            "cancelled": self.env._("Cancelled: no penalty."),
        }
        return {
            "clause": "SC-17",
            "parameter": self.appeal_days_id,
            "inputs": inputs,
            "sentence": sentences[self.state],
        }

    def _measure_text(self) -> str:
        label = dict(self._fields["action"]._description_selection(self.env)).get(self.action, "")
        if self.action == "deduction":
            return self.env._("%(action)s, %(amount)s", action=label, amount=self._amount(self.amount))
        if self.action == "suspension":
            return self.env._("%(action)s for %(days)s days", action=label, days=self.suspension_days)
        return label

    # ------------------------------------------------------------------
    # Printed decision (SC-17)
    # ------------------------------------------------------------------

    def action_print_decision(self):
        """Print the decisions.

        :raises UserError: where nothing has been decided yet
        """
        for case in self:
            if not case.decided_at:
                raise UserError(self.env._("%s has not been decided yet.", case.display_name))
        return self.env.ref("rural_penalty.action_report_penalty_decision").report_action(self, config=False)

    def _printed_decision(self) -> list[tuple[str, str]]:
        """Return the rows of the printed decision: label and text."""
        self.ensure_one()
        violation = self.violation_id.with_context(lang="zh_CN").name
        rows = [
            ("违规事项", f"{violation}（{self.occurred_on}）"),
            ("事实与证据", self.description),
            ("陈述意见", f"{self.heard_on}　{self.hearing or '经通知未到场，未作陈述'}"),
            ("处理决定", self._printed_measure()),
            ("决定理由", self.decision_reason),
        ]
        if self.appeal_result:
            rows += [("申诉", self.appeal_reason), ("复议结果", PRINTED_RESULTS[self.appeal_result])]
            rows += [("复议答复", self.appeal_answer)]
        return rows

    def _printed_you(self) -> str:
        """Return the word by which the printed decision addresses the party."""
        return "你单位" if self.partner_id.is_company else "你"

    def _printed_party(self) -> str:
        """Hook: name the party in the sentence of the printed decision that states the violation."""
        return self._printed_you()

    def _printed_file_name(self) -> str:
        return f"违规处理决定书-{self.name}"

    def _printed_time(self, moment) -> str:
        return self._china_time(moment) if moment else ""

    def _printed_measure(self) -> str:
        """Return the measure as printed forms say it."""
        label = PRINTED_ACTIONS[self.action]
        extra = {"deduction": f" {self.amount:,.2f} 元", "suspension": f" {self.suspension_days} 天"}
        return f"{label}{extra.get(self.action, '')}"

    def _printed_line(self) -> str:
        violation = self.violation_id.with_context(lang="zh_CN").name
        return f"{self.name}　{self.occurred_on}　{violation}　{self._printed_measure()}"
