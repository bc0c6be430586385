from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..eligibility import ACCEPTABLE

#: Set by the steps of an acceptance, never typed.
STEP_FIELDS = {"state", "requested_by_id", "decided_by_id"}
#: What is asked for.
REQUEST_FIELDS = {"line_id", "center_id", "fee_rate", "reason"}


class RuralLineAcceptance(models.Model):
    """A line that would earn nothing is let in by hand: one person asks, another confirms (SC-12)."""

    _name = "rural.line.acceptance"
    _description = "Acceptance of an Order Line by Hand"
    _inherit = ["rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "line_id"

    line_id = fields.Many2one("rural.order.line", "Order Line", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="line_id.company_id")
    outcome = fields.Selection(related="line_id.outcome")
    net_amount = fields.Monetary(related="line_id.net_amount")
    currency_id = fields.Many2one(related="line_id.currency_id")
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", required=True, ondelete="restrict", tracking=True
    )
    fee_rate = fields.Float(digits=(16, 6), required=True, tracking=True)
    reason = fields.Text(required=True, tracking=True)
    state = fields.Selection(
        [("requested", "Requested"), ("confirmed", "Confirmed"), ("refused", "Refused")],
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

    _one_open = models.UniqueIndex(
        "(line_id) WHERE state <> 'refused'", "This line has been accepted, or is being asked for."
    )
    _rate_is_a_share = models.Constraint(
        "CHECK (fee_rate > 0 AND fee_rate < 1)",
        "The rate is a share between 0 and 1: 0.05 means 5 %.",
    )

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
        return super().create(
            [{name: value for name, value in vals.items() if name not in STEP_FIELDS} for vals in vals_list]
        )

    def write(self, vals):
        """Refuse what would let one person both ask and decide (SC-12)."""
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        if not STEP_FIELDS.isdisjoint(vals):
            raise UserError(self.env._("Confirm or refuse an acceptance with its buttons."))
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
        self.sudo().write({"state": state, "decided_by_id": self.env.uid})
        for requester, acceptances in self.grouped("requested_by_id").items():
            # Who asked for the fee has made it: the one who decides may still confirm its statement.
            lines = self.env["rural.order.line"].with_user(requester)
            lines._judge_again(SQL("line.id = ANY(%s)", acceptances.line_id.ids))
