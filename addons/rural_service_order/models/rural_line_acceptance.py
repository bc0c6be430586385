from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from odoo.addons.rural_base.amounts import cents
from odoo.addons.rural_base.fields import Share
from odoo.addons.rural_base.percent import percent

from ..eligibility import ACCEPTABLE, HOLDING
from .rural_order_line import OUTCOMES

#: What is looked at, beside the amount: field of the acceptance → field of the line.
LOOKED_AT = {
    "judged_outcome": "outcome",
    "judged_code": "service_code",
    "judged_product_id": "product_id",
    "judged_supplier_id": "supplier_id",
    "judged_purchaser_id": "purchaser_id",
}
OFFICER = "rural_base.group_settlement_officer"


class RuralLineAcceptance(models.Model):
    """A line that would earn nothing is let in by hand: one person asks, another confirms (SC-12).

    It keeps what was looked at, and holds as long as the line is that. It is withdrawn by two persons as well; what
    was settled is adjusted (SC-13).
    """

    _name = "rural.line.acceptance"
    _description = "Acceptance of an Order Line by Hand"
    _inherit = ["rural.request.mixin", "rural.explanation.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "line_id"
    _decider_groups = ("rural_base.group_settlement_manager",)
    _rejected_state = "refused"
    _entered_fields = frozenset({"line_id", "center_id", "fee_rate", "reason"})
    _editable_states = ("requested",)
    _deletable_states = ("requested",)

    line_id = fields.Many2one("rural.order.line", "Order Line", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="line_id.company_id")
    outcome = fields.Selection(related="line_id.outcome", string="Outcome Now")
    net_amount = fields.Monetary(related="line_id.net_amount", string="Amount Less Refund Now")
    currency_id = fields.Many2one(related="line_id.currency_id")
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", required=True, ondelete="restrict", tracking=True
    )
    fee_rate = Share(
        digits=(16, 6),
        bounds="()",
        required=True,
        tracking=True,
        compute="_compute_fee_rate",
        store=True,
        readonly=False,
        precompute=True,
        help="In percent of the amount less refund. Proposed is the pool's rate of the day of the order, "
        "if it had one.",
    )
    fee = fields.Monetary(
        "Fee at This Rate", compute="_compute_fee", help="What the line earns by it: its amount less refund × the rate."
    )
    reason = fields.Text(required=True, tracking=True)
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("confirmed", "Confirmed"),
            ("refused", "Refused"),
            ("withdrawal_requested", "Withdrawal Requested"),
            ("withdrawn", "Withdrawn"),
        ],
        default="requested",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )

    decision_reason = fields.Text(tracking=True)

    # withdrawal
    withdrawal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    withdrawal_requested_by_id = fields.Many2one("res.users", "Withdrawal Asked By", readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    withdrawn_at = fields.Datetime("Withdrawn On", readonly=True, copy=False)

    # the line as it was when somebody asked
    judged_outcome = fields.Selection(OUTCOMES, "Outcome", compute="_compute_judged", store=True, precompute=True)
    judged_code = fields.Char("Service Code", compute="_compute_judged", store=True, precompute=True)
    judged_product_id = fields.Many2one(
        "rural.product", "Product", compute="_compute_judged", store=True, precompute=True, ondelete="restrict"
    )
    judged_supplier_id = fields.Many2one(
        "res.partner", "Supplier", compute="_compute_judged", store=True, precompute=True, ondelete="restrict"
    )
    judged_purchaser_id = fields.Many2one(
        "rural.purchaser", "Purchaser", compute="_compute_judged", store=True, precompute=True, ondelete="restrict"
    )
    judged_net_amount = fields.Monetary("Amount Less Refund", compute="_compute_judged", store=True, precompute=True)
    changes = fields.Text("Changed Since", compute="_compute_changes")

    _one_request = models.UniqueIndex("(line_id) WHERE state = 'requested'", "This line is being asked for already.")
    _one_confirmed = models.UniqueIndex(
        f"(line_id) WHERE state IN {HOLDING}", "This line has been accepted by hand already."
    )
    _rate_is_a_share = models.Constraint(
        "CHECK (fee_rate > 0 AND fee_rate < 1)",
        "The rate lies between 0% and 100%.",
    )

    @api.depends("line_id")
    def _compute_fee_rate(self):
        for acceptance in self:
            acceptance.fee_rate = acceptance.line_id.fee_rate

    @api.depends("judged_net_amount", "fee_rate")
    def _compute_fee(self):
        for acceptance in self:
            rate = Decimal(f"{acceptance.fee_rate:.6f}")
            acceptance.fee = float(cents(cents(acceptance.judged_net_amount) * rate))

    @api.depends("line_id")
    def _compute_judged(self):
        for acceptance in self:
            for name, of_line in LOOKED_AT.items():
                acceptance[name] = acceptance.line_id[of_line]
            acceptance.judged_net_amount = acceptance.line_id.net_amount

    @api.depends(
        "state", "line_id.acceptance_id", "line_id.net_amount", *(f"line_id.{name}" for name in LOOKED_AT.values())
    )
    @api.depends_context("lang")
    def _compute_changes(self):
        for acceptance in self:
            matters = acceptance.state in ("requested", *HOLDING) and acceptance.line_id.acceptance_id != acceptance
            acceptance.changes = matters and "\n".join(acceptance._changes())

    @api.constrains("line_id", "center_id", "reason")
    def _check_acceptable(self):
        for acceptance in self:
            if acceptance.state != "requested":
                continue
            if acceptance.line_id.outcome not in ACCEPTABLE:
                raise ValidationError(
                    self.env._(
                        "%(line)s cannot be accepted by hand: it is “%(outcome)s”.",
                        line=acceptance.line_id.display_name,
                        outcome=acceptance.line_id._outcome_label(),
                    )
                )
            if acceptance.center_id.company_id != acceptance.line_id.company_id:
                raise ValidationError(self.env._("Center and order belong to different companies."))
            if not (acceptance.reason or "").strip():
                raise ValidationError(self.env._("Say why the line is to be accepted."))

    def _check_may_write(self, vals):
        result = super()._check_may_write(vals)
        for acceptance in self:
            if not self._entered_fields.isdisjoint(vals) and acceptance.requested_by_id != self.env.user:
                raise UserError(
                    self.env._("Only %s, who asks for it, can change this.", acceptance.requested_by_id.name)
                )
        return result

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Let the line earn its fee; by another person than who asked for it."""
        self._decide("confirmed")

    def _decide(self, state, reason=None, **vals):
        self.env["rural.order.line"]._lock_settlement(*self.company_id)
        return super()._decide(state, reason, **vals)

    def _check_may_decide(self, state):
        if state == "confirmed":
            self._check_unchanged()
            self._replace_lapsed()
        return super()._check_may_decide(state)

    def _after_decision(self, state):
        self._judge_lines("requested_by_id")
        return super()._after_decision(state)

    def _makers(self):
        """Return who asked: for the acceptance, or once it holds, for its withdrawal."""
        withdrawn = self.sudo().filtered(lambda acceptance: acceptance.state == "withdrawal_requested")
        return super(RuralLineAcceptance, self - withdrawn)._makers() | withdrawn.withdrawal_requested_by_id

    @api.model
    def _to_decide_domain(self):
        return super()._to_decide_domain() | Domain("state", "=", "withdrawal_requested")

    @api.model
    def _can_decide_depends(self):
        return (*super()._can_decide_depends(), "withdrawal_requested_by_id")

    def _compute_can_decide(self):
        result = super()._compute_can_decide()
        may = self._is_in_group(*self._decider_groups)
        for acceptance in self.filtered(lambda acceptance: acceptance.state == "withdrawal_requested"):
            acceptance.can_decide = may and self.env.user not in acceptance._makers()
        return result

    def _check_unchanged(self):
        """Refuse to accept a line that is no longer what somebody asked for.

        :raises UserError: saying what has changed
        """
        for acceptance in self.filtered("changes"):
            raise UserError(
                self.env._(
                    "%(line)s has changed since it was asked for. Refuse this, and ask anew where it is still "
                    "right.\n%(changes)s",
                    line=acceptance.line_id.display_name,
                    changes=acceptance.changes,
                )
            )

    def _replace_lapsed(self):
        # A line that can be asked for again has an acceptance at most that no longer holds.
        lapsed = self.sudo().search([("line_id", "in", self.line_id.ids), ("state", "in", HOLDING)])
        lapsed._end_withdrawal(self.env._("A new acceptance has taken its place."))

    def _judge_lines(self, maker):
        for (user, company), acceptances in self.grouped(lambda record: (record[maker], record.company_id)).items():
            # Who asked has made the change of fee: the one who decides may still confirm its statement. The asker's
            # companies are not those of the one who decides, so this is done with the rights of the system.
            lines = self.env["rural.order.line"].with_user(user).sudo()
            lines = lines.with_context(allowed_company_ids=company.ids)
            lines._judge_stored(SQL("line.id = ANY(%s)", acceptances.line_id.ids))

    # ------------------------------------------------------------------
    # Withdrawing
    # ------------------------------------------------------------------

    def action_withdraw(self):
        """Ask why the acceptance shall be withdrawn."""
        self._check_group(OFFICER)
        self._check_state("confirmed")
        return self._ask_reason("withdraw")

    @api.model
    def _reason_steps(self):
        keep, refuse = self.env._("Let It Stand"), self.env._("Refuse")
        steps = super()._reason_steps()
        steps["reject"] |= {
            "title": refuse,
            "button": refuse,
            "placeholder": self.env._("Why shall these lines earn nothing?"),
        }
        return {
            **steps,
            "keep": {
                "method": "_keep",
                "title": keep,
                "button": keep,
                "placeholder": self.env._("Why is it right that these lines were accepted?"),
            },
            "withdraw": {
                "method": "_request_withdrawal",
                "title": self.env._("Withdraw Acceptances"),
                "button": self.env._("Ask for the Withdrawal"),
                "help": self.env._(
                    "A second person confirms the withdrawal. The lines are then judged as if nobody had accepted "
                    "them; what a statement has settled is adjusted in the earliest open month."
                ),
                "placeholder": self.env._("Why was it wrong to accept these lines?"),
            },
        }

    def _request_withdrawal(self, reason):
        """Ask for the withdrawal of confirmed acceptances.

        :raises UserError: without a reason
        """
        self._check_group(OFFICER)
        self._lock_rows()
        self._check_state("confirmed")
        self.sudo().write(
            {
                "state": "withdrawal_requested",
                "withdrawal_reason": self._check_reason(reason),
                "withdrawal_requested_by_id": self.env.uid,
            }
        )

    def action_confirm_withdrawal(self):
        """Judge the line as if it had never been accepted; by another person than who asked for that."""
        self.env["rural.order.line"]._lock_settlement(*self.company_id)
        self._check_may_decide_withdrawal()
        self._end_withdrawal()
        self._judge_lines("withdrawal_requested_by_id")

    def action_keep(self):
        """Ask why the withdrawal is refused."""
        self._check_may_decide_withdrawal()
        return self._ask_reason("keep")

    def _keep(self, reason):
        """Refuse the withdrawal: the acceptance stands, and its conversation keeps why.

        :raises UserError: without a reason
        """
        self._check_may_decide_withdrawal()
        reason = self._check_reason(reason)
        self.sudo().write({"state": "confirmed", "withdrawal_reason": False, "withdrawal_requested_by_id": False})
        for acceptance in self.sudo():
            acceptance.message_post(body=self.env._("Withdrawal refused: %s", reason))

    def _check_may_decide_withdrawal(self):
        self._check_group(*self._decider_groups)
        self._lock_rows()
        self._check_state("withdrawal_requested")
        self._check_not_maker()

    def _end_withdrawal(self, reason=None):
        reasons = {"withdrawal_reason": reason} if reason else {}
        self.sudo().write(
            {"state": "withdrawn", "withdrawn_by_id": self.env.uid, "withdrawn_at": fields.Datetime.now(), **reasons}
        )
        self.env["rural.line.acceptance"].flush_model(["state"])

    # ------------------------------------------------------------------
    # Explaining
    # ------------------------------------------------------------------

    def _changes(self):
        """What of the line is no longer as it was when somebody asked, a sentence each."""
        self.ensure_one()
        line = self.line_id
        differing = {of_line: self[name] for name, of_line in LOOKED_AT.items() if self[name] != line[of_line]}
        if line.net_amount > self.judged_net_amount:
            differing["net_amount"] = self.judged_net_amount
        return [
            self.env._(
                "%(what)s: then “%(then)s”, now “%(now)s”",
                what=line._fields[name]._description_string(self.env),
                then=self._shown(name, then),
                now=self._shown(name, line[name]),
            )
            for name, then in differing.items()
        ]

    def _shown(self, name, value):
        if name == "net_amount":
            return formatLang(self.env, value, currency_obj=self.currency_id)
        return self.line_id._fields[name].convert_to_export(value, self.line_id) or "–"

    @api.model
    def _explanation_depends(self):
        return (
            *LOOKED_AT,
            "judged_net_amount",
            "fee_rate",
            "center_id",
            "state",
            "line_id.fee",
            "line_id.acceptance_id",
        )

    def _explain(self) -> dict:
        """SC-12: what the line would earn without it, and earns by it."""
        self.ensure_one()
        if not self.line_id or not self.judged_outcome:
            return {}
        outcomes = dict(self._fields["judged_outcome"]._description_selection(self.env))
        inputs = {self.env._("Amount less refund when asked for"): self._amount(self.judged_net_amount)}
        if self.line_id.acceptance_id == self:
            inputs[self.env._("Fee of the line now")] = self._amount(self.line_id.fee)
        return {
            "clause": "SC-12",
            "inputs": inputs,
            "sentence": self.env._(
                "The line is “%(outcome)s” and would earn nothing. Accepted by hand, it earns %(rate)s of its amount "
                "less refund for %(center)s, as soon as a second person has confirmed it.",
                outcome=outcomes[self.judged_outcome],
                rate=percent(self.fee_rate),
                center=self.center_id.name or "–",
            ),
        }

    def _explanation_inputs(self):
        """Who accepted a line and why, for an explanation: label → value; nothing for people of the centers."""
        if not self or not self.env.user._is_internal():
            return {}
        return {
            self.env._("Accepted by hand"): self.env._(
                "asked by %(requester)s, confirmed by %(decider)s on %(moment)s",
                requester=self.requested_by_id.name,
                decider=self.decided_by_id.name,
                moment=self.line_id._china_time(self.decided_at),
            ),
            self.env._("Reason"): self.reason,
        }
