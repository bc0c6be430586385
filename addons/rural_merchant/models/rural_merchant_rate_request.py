from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time
from odoo.addons.rural_base.fields import Share
from odoo.addons.rural_base.percent import percent

from ..rules import may_agree
from .rural_merchant_level import BANK_FEE_PATH, GROUPS
from .rural_merchant_rate import KINDS

STATES = [
    ("draft", "Draft"),
    ("requested", "Requested"),
    ("agreed", "Agreed"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]


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
        "rural.editor.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["merchant_id"]
    _check_company_auto = True
    _state_from = ["requested"]
    _state_to = ["agreed"]
    _cancel_state = "cancelled"
    _editable_states = ("draft",)
    _deletable_states = ("draft", "cancelled")
    _entered_fields = frozenset({"merchant_id", "kind", "rate", "valid_from", "reason"})
    _maker_fields = ("create_uid", "requested_by_id")

    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="cascade", tracking=True)
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, default="rebate", tracking=True)
    rate = Share(
        "Agreed Rate",
        digits=(16, 6),
        bounds="[)",
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
    decision_reason = fields.Text("Reason of the Decision", readonly=True, copy=False)
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
            words = f"{labels.get(request.kind)} {percent(request.rate)}"
            request.display_name = f"{request.merchant_id.name}: {words}" if request.merchant_id else words

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
            elif merchant_type and day and request.kind and standard._version_on(day, type_id=merchant_type):
                standard = standard._strictest(merchant_type, request.kind, request.rate, day, request.company_id)
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

    def unlink(self):
        """Delete with a request who was to decide it."""
        self.check_access("unlink")
        self.sudo().review_ids.unlink()
        return super().unlink()

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

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_submit(self):
        """Agree the rate where one's level suffices, and otherwise ask those who may."""
        self._check_group(GROUPS["recruiter"])
        self.check_access("write")
        self._check_state("draft")
        self._lock_rows()
        # The standards may have changed since the draft was written.
        self.sudo()._compute_level()
        for request in self:
            request._check_may_raise()
        self.sudo().write({"state": "requested", "requested_by_id": self.env.uid})
        for request in self:
            if request.level != BANK_FEE_PATH and may_agree(request._own_level(), request.level):
                request._agree()
            else:
                request.sudo().request_validation()

    def action_cancel(self):
        """Take back what one has asked for oneself; others refuse it, with a reason."""
        self.check_access("write")
        self._lock_rows()
        self._check_state("draft", "requested")
        self._check_asked_by_user()
        self.sudo().with_context(skip_validation_check=True).write({"state": "cancelled"})

    def _validate_tier(self, tiers=False):
        """Let whoever may agree approve; the last approval makes the rate."""
        self.ensure_one()
        self._check_may_review()
        result = super(RuralMerchantRateRequest, self.sudo())._validate_tier(tiers and tiers.sudo())
        self.message_post(body=self.env._("Approved"))
        if self.level == BANK_FEE_PATH and not self.reviewed_by_id:
            self._write_under_validation({"reviewed_by_id": self.env.uid})
        if self.validation_status == "validated":
            self._agree()
        return result

    def reject_tier(self):
        """Ask why the rate is refused; the reason is kept."""
        self.ensure_one()
        self._check_state("requested")
        self._check_may_review()
        return self._ask_reason("reject")

    @api.model
    def _reason_steps(self):
        title = self.env._("Refuse the Rate")
        reject = {"method": "_reject", "title": title, "button": self.env._("Refuse")}
        return {**super()._reason_steps(), "reject": reject}

    def _reject(self, reason):
        reason = self._check_reason(reason)
        for request in self:
            sequences = request._get_sequences_to_approve(self.env.user)
            request._rejected_tier(request.review_ids.filtered(lambda review, at=sequences: review.sequence in at))
            request._write_under_validation({"decision_reason": reason})
            request.message_post(body=self.env._("Refused: %s", reason))

    def _rejected_tier(self, tiers=False):
        """Let whoever may agree refuse."""
        self.ensure_one()
        self._check_may_review()
        result = super(RuralMerchantRateRequest, self.sudo())._rejected_tier(tiers and tiers.sudo())
        self._write_under_validation({"state": "refused", "decided_by_id": self.env.uid})
        return result

    def _tier_validation_check_state_on_write(self, vals):
        # `_agree` has looked at who agrees already.
        if self.env.context.get("rural_rate_agreed"):
            return None
        return super()._tier_validation_check_state_on_write(vals)

    # ------------------------------------------------------------------
    # Agreeing
    # ------------------------------------------------------------------

    def _agree(self):
        """Make the requested rate apply from its day on.

        :raises AccessError: when the user's level does not suffice
        """
        for request in self:
            request._check_may_agree()
            request._check_day()
            version = self.env["rural.merchant.rate"]._agree_from(
                request.merchant_id, request.kind, request.rate, request.standard_rate, request.valid_from
            )
            request.with_context(rural_rate_agreed=True)._write_under_validation(
                {"state": "agreed", "decided_by_id": self.env.uid, "version_id": version.id}
            )

    def _own_level(self):
        # A schedule may do what the general manager may.
        if self._is_system():
            return "general_manager"
        return self.env["rural.merchant.level"]._level_of(self.env.user)

    def _check_may_raise(self):
        """Refuse who may not ask, and what cannot take effect (MA-04)."""
        self.ensure_one()
        if not self.level:
            raise UserError(
                self.env._("%s needs a type with standard rates on that day.", self.merchant_id.display_name)
            )
        if self.level == BANK_FEE_PATH:
            self._check_group(GROUPS["head"])
        if self.ratio < 1 and not (self.reason or "").strip():
            raise UserError(self.env._("Say why %s gets less than the standard rate.", self.merchant_id.name))
        self._check_day()

    def _check_day(self):
        """Hook: refuse a first day from which on the rate cannot apply any more."""

    def _check_may_review(self):
        """Refuse who may not say yes or no at this point."""
        self._check_state("requested")
        if self.level == BANK_FEE_PATH and not self.reviewed_by_id:
            self._check_group(GROUPS["director"])
            self._check_not_maker()
            if self._own_level() == "general_manager" and not self._is_system():
                raise UserError(self.env._("Operations reviews %s first.", self.display_name))
        else:
            self._check_may_agree()

    def _check_may_agree(self):
        """Refuse who is below the level that the rate takes, and for MA-04 who has taken a step already."""
        if self.level == BANK_FEE_PATH:
            self._check_not_maker("reviewed_by_id")
            if not self.reviewed_by_id:
                raise UserError(self.env._("Operations reviews %s first.", self.display_name))
        needed = self.env["rural.merchant.level"]._final(self._level_by_now())
        if not may_agree(self._own_level(), needed):
            labels = dict(self.env["rural.merchant.level"]._labels())
            raise AccessError(
                self.env._(
                    "%(user)s may not agree %(request)s: it takes the %(level)s (%(ratio)s of the standard).",
                    user=self.env.user.name,
                    request=self.display_name,
                    level=labels[needed],
                    ratio=percent(self.ratio),
                )
            )

    def _level_by_now(self):
        """Return who may agree the rate, by the standards that have been raised meanwhile too."""
        Level, standards = self.env["rural.merchant.level"], self.env["rural.merchant.type.rate"].sudo()
        facts = self.kind, self.rate
        standard = standards._strictest(self.merchant_id.type_id, *facts, self.valid_from, self.company_id)
        return Level._needed(*facts, standard[self.kind], self.valid_from, self.company_id)

    def _write_under_validation(self, vals):
        self.sudo().with_context(skip_validation_check=True).write(vals)
