from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.percent import percent

from .rural_merchant_rate import KINDS

STATES = [
    ("draft", "Draft"),
    ("requested", "Requested"),
    ("agreed", "Agreed"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
#: What a person enters in a draft; all else follows from the steps.
ENTERED = {"merchant_id", "kind", "rate", "valid_from", "reason"}
NOTES = {"message_follower_ids", "message_ids", "activity_ids", "message_main_attachment_id"}


class RuralMerchantRateRequest(models.Model):
    """A rate that somebody wants to agree with a merchant (MA-03, MA-04).

    Whoever has the level agrees it at once; otherwise it goes to those who have, without steps in between.
    Agreed, it becomes a version of the merchant's rate.
    """

    _name = "rural.merchant.rate.request"
    _description = "Request for a Rate"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "tier.validation",
        "rural.explanation.mixin",
        "rural.step.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["merchant_id"]
    _check_company_auto = True
    _state_from = ["requested"]
    _state_to = ["agreed"]
    _cancel_state = "cancelled"

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade", tracking=True)
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, default="rebate", tracking=True)
    rate = fields.Float(
        "Agreed Rate",
        digits=(16, 6),
        compute="_compute_rate",
        store=True,
        readonly=False,
        required=True,
        tracking=True,
        aggregator=None,
    )
    valid_from = fields.Date(
        compute="_compute_valid_from", store=True, readonly=False, required=True, precompute=True, tracking=True
    )
    reason = fields.Text(help="Why this merchant gets another rate than the standard.")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, tracking=True)

    # MA-03, MA-04
    standard_id = fields.Many2one("rural.merchant.type.rate", compute="_compute_level", store=True, ondelete="restrict")
    standard_rate = fields.Float(digits=(16, 6), compute="_compute_level", store=True, aggregator=None)
    ratio = fields.Float("Share of the Standard", digits=(16, 6), compute="_compute_level", store=True, aggregator=None)
    level = fields.Selection(
        "_selection_level", "Who May Agree It", compute="_compute_level", store=True, help="MA-03, MA-04."
    )

    # people
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by Operations", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    version_id = fields.Many2one("rural.merchant.rate", "Agreed as", readonly=True, copy=False)
    may_change = fields.Boolean(related="merchant_id.may_change", related_sudo=False)
    approver_ids = fields.Many2many("res.users", compute="_compute_approver_ids", compute_sudo=True)
    operations_approver_ids = fields.Many2many("res.users", compute="_compute_approver_ids", compute_sudo=True)

    _share = models.Constraint("CHECK (rate >= 0 AND rate < 1)", "A rate lies between 0 and 100%.")

    @api.depends("merchant_id.name", "kind", "rate")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            request.display_name = f"{request.merchant_id.name}: {labels.get(request.kind)} {percent(request.rate)}"

    @api.depends("merchant_id")
    def _compute_valid_from(self):
        for request in self:
            today = china_time.today()
            first = request.merchant_id.contract_from
            request.valid_from = request.valid_from or max(filter(None, (first, today)))

    @api.depends("merchant_id", "kind")
    def _compute_rate(self):
        for request in self:
            day = request.valid_from or china_time.today()
            request.rate = request.merchant_id._rate_on(request.kind, day) if request.merchant_id else 0

    @api.depends("merchant_id.type_id", "kind", "rate", "valid_from")
    def _compute_level(self):
        for request in self:
            merchant_type, day = request.merchant_id.type_id, request.valid_from
            standard = self.env["rural.merchant.type.rate"]
            if request.state != "draft" and request.standard_id:
                standard = request.standard_id
            elif merchant_type and day:
                standard = standard._version_on(day, type_id=merchant_type)
            request.standard_id = standard
            request.standard_rate = standard[request.kind] if standard and request.kind else 0
            request.ratio = request.standard_rate and request.rate / request.standard_rate
            request.level = (
                standard
                and request.kind
                and self.env["rural.merchant.level"]._needed(
                    request.kind, request.rate, request.standard_rate, day, request.company_id
                )
            )

    @api.depends("level", "requested_by_id")
    def _compute_approver_ids(self):
        Level = self.env["rural.merchant.level"]
        for request in self:
            users = Level._users_from(Level._final(request.level)).filtered(
                lambda user, company=request.company_id: company in user.company_ids
            )
            request.approver_ids = users - request.requested_by_id
            # The general manager approves what operations has reviewed, and does not stand in for it (MA-04).
            operations = Level._users_from("director") - Level._users_from("general_manager")
            request.operations_approver_ids = operations - request.requested_by_id

    @api.model
    def _selection_level(self):
        return self.env["rural.merchant.level"]._selection()

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter drafts."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name in ENTERED | NOTES} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Let people change drafts; all else is left to the buttons.

        :raises UserError: for anything else
        """
        if not self.env.su and not vals.keys() <= NOTES:
            for request in self:
                if request.state != "draft" or not vals.keys() <= ENTERED | NOTES:
                    raise UserError(self.env._("%s goes on by its buttons.", request.display_name))
        return super().write(vals)

    def unlink(self):
        """Delete with a request who was to decide it."""
        self.check_access("unlink")
        self.sudo().review_ids.unlink()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_state("draft", "cancelled")

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("rate", "standard_rate", "level", "kind")

    def _explain(self):
        """MA-03, MA-04: who may agree the rate, and why."""
        self.ensure_one()
        if not self.level:
            return {}
        label = dict(self._selection_level())[self.level]
        return {
            "clause": "MA-04" if self.kind == "bank_fee" else "MA-03",
            "parameter": self.standard_id,
            "inputs": {self.env._("Valid From"): format_date(self.env, self.valid_from)},
            "sentence": self.env._(
                "%(agreed)s ÷ %(standard)s = %(ratio)s of the standard: %(level)s.",
                agreed=percent(self.rate),
                standard=percent(self.standard_rate),
                ratio=percent(self.ratio),
                level=label,
            ),
        }


class RuralMerchant(models.Model):
    _inherit = "rural.merchant"

    rate_request_ids = fields.One2many("rural.merchant.rate.request", "merchant_id", "Requested Rates")
    open_rate_request_count = fields.Integer(
        "Rates to Decide", compute="_compute_open_rate_request_count", compute_sudo=True
    )

    @api.depends("rate_request_ids.state")
    def _compute_open_rate_request_count(self):
        for merchant in self:
            merchant.open_rate_request_count = len(
                merchant.rate_request_ids.filtered(lambda request: request.state == "requested")
            )

    def _check_rates_decided(self):
        result = super()._check_rates_decided()
        for merchant in self:
            merchant._refuse_missing(
                [
                    self.env._("the decision on %s", request.display_name)
                    for request in merchant.rate_request_ids
                    if request.state == "requested"
                ]
            )
        return result
