from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.misc import formatLang

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
#: What is asked for.
REQUEST_FIELDS = {"line_id", "center_id", "fee_rate", "reason"}


class RuralLineAcceptance(models.Model):
    """A line that would earn nothing is let in by hand: one person asks, another confirms (SC-12).

    It keeps what was looked at, and holds as long as the line is that.
    """

    _name = "rural.line.acceptance"
    _description = "Acceptance of an Order Line by Hand"
    _inherit = ["rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "line_id"

    line_id = fields.Many2one("rural.order.line", "Order Line", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="line_id.company_id")
    outcome = fields.Selection(related="line_id.outcome", string="Outcome Now")
    net_amount = fields.Monetary(related="line_id.net_amount", string="Amount Less Refund Now")
    currency_id = fields.Many2one(related="line_id.currency_id")
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", required=True, ondelete="restrict", tracking=True
    )
    fee_rate = fields.Float(digits=(16, 6), required=True, tracking=True)
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
    requested_by_id = fields.Many2one(
        "res.users", "Asked By", default=lambda self: self.env.user, readonly=True, required=True
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)

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
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _one_request = models.UniqueIndex("(line_id) WHERE state = 'requested'", "This line is being asked for already.")
    _one_confirmed = models.UniqueIndex(
        f"(line_id) WHERE state IN {HOLDING}", "This line has been accepted by hand already."
    )
    _rate_is_a_share = models.Constraint(
        "CHECK (fee_rate > 0 AND fee_rate < 1)",
        "The rate is a share between 0 and 1: 0.05 means 5%.",
    )

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

    @api.depends("requested_by_id", "withdrawal_requested_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        may = self.env.user.has_group("rural_base.group_settlement_manager")
        for acceptance in self:
            asked_by = acceptance.withdrawal_requested_by_id or acceptance.requested_by_id
            acceptance.can_decide = may and bool(acceptance._origin) and asked_by != self.env.user

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

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as asked for by the present user, whatever the caller says."""
        return super().create([self._without_steps(vals) for vals in vals_list])

    def write(self, vals):
        """Refuse what would let one person both ask and decide (SC-12)."""
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        if REQUEST_FIELDS.isdisjoint(vals):
            return
        for acceptance in self:
            if acceptance.state != "requested":
                raise UserError(self.env._("A decided acceptance is not changed any more."))
            if acceptance.requested_by_id != self.env.user:
                raise UserError(
                    self.env._("Only %s, who asks for it, can change this.", acceptance.requested_by_id.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(acceptance.state != "requested" for acceptance in self):
            raise UserError(self.env._("A decided acceptance is kept for ever."))

    def action_confirm(self):
        """Let the line earn its fee; by another person than who asked for it."""
        self._decide("confirmed")

    def action_refuse(self):
        """Leave the line without a fee."""
        self._decide("refused")

    def _decide(self, state):
        self._check_group("rural_base.group_settlement_manager")
        self._check_state("requested")
        self._check_another_person("requested_by_id")
        if state == "confirmed":
            self._check_unchanged()
            self._replace_lapsed()
        self.sudo().write({"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
        self._judge_lines("requested_by_id")

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
        for user, acceptances in self.grouped(maker).items():
            # Who asked has made the change of fee: the one who decides may still confirm its statement.
            lines = self.env["rural.order.line"].with_user(user)
            lines._judge_stored(SQL("line.id = ANY(%s)", acceptances.line_id.ids))

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
