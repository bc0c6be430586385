from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.rural_base.percent import percent

from ..rules import may_agree
from .rural_merchant_level import BANK_FEE_PATH, GROUPS


class RuralMerchantRateRequest(models.Model):
    """MA-03, MA-04: nobody agrees above the own level, and a lower bank-card fee takes three persons."""

    _inherit = "rural.merchant.rate.request"

    def action_submit(self):
        """Agree the rate where one's level suffices, and otherwise ask those who may."""
        self._check_group(GROUPS["recruiter"])
        self.check_access("write")
        self._check_state("draft")
        for request in self:
            request._check_may_raise()
        self.sudo().write({"state": "requested", "requested_by_id": self.env.uid})
        for request in self:
            if request.level != BANK_FEE_PATH and may_agree(request._own_level(), request.level):
                request._agree()
            else:
                request.sudo().request_validation()

    def action_cancel(self):
        """Take a request back."""
        self.check_access("write")
        self._check_state("draft", "requested")
        self.sudo().with_context(skip_validation_check=True).write({"state": "cancelled"})

    def _validate_tier(self, tiers=False):
        """Let whoever may agree approve; the last approval makes the rate."""
        self.ensure_one()
        self._check_may_review()
        result = super(RuralMerchantRateRequest, self.sudo())._validate_tier(tiers and tiers.sudo())
        if self.level == BANK_FEE_PATH and not self.reviewed_by_id:
            self._write_under_validation({"reviewed_by_id": self.env.uid})
        if self.validation_status == "validated":
            self._agree()
        return result

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
            self._check_another_person("requested_by_id")
            if self._own_level() == "general_manager" and not self._is_system():
                raise UserError(self.env._("Operations reviews %s first.", self.display_name))
        else:
            self._check_may_agree()

    def _check_may_agree(self):
        """Refuse who is below the level that the rate takes, and for MA-04 who has taken a step already."""
        if self.level == BANK_FEE_PATH:
            self._check_another_person("requested_by_id", "reviewed_by_id")
            if not self.reviewed_by_id:
                raise UserError(self.env._("Operations reviews %s first.", self.display_name))
        needed = self.env["rural.merchant.level"]._final(self.level)
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

    def _write_under_validation(self, vals):
        self.sudo().with_context(skip_validation_check=True).write(vals)
