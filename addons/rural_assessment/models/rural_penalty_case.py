from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

CENTER = [("center", "Service Center")]


class RuralPenaltyViolation(models.Model):
    _inherit = "rural.penalty.violation"

    party_kind = fields.Selection(selection_add=CENTER, ondelete={"center": "cascade"})

    @api.model
    def _party_actions(self):
        return {**super()._party_actions(), "center": ("warning", "deduction", "suspension", "termination")}


class RuralPenaltyCase(models.Model):
    """A violation by a service center: it can be suspended, and leave (SC-17)."""

    _inherit = "rural.penalty.case"

    party_kind = fields.Selection(selection_add=CENTER, ondelete={"center": "cascade"})
    center_id = fields.Many2one(
        "rural.service.center", "Service Center", index="btree_not_null", ondelete="restrict", tracking=True
    )
    area_manager_id = fields.Many2one(related="center_id.area_manager_id")
    suspension_id = fields.Many2one("rural.center.suspension", readonly=True, copy=False, ondelete="set null")
    exit_id = fields.Many2one("rural.center.exit", readonly=True, copy=False)

    # ------------------------------------------------------------------
    # The party
    # ------------------------------------------------------------------

    @api.model
    def _party_fields(self):
        return {**super()._party_fields(), "center": "center_id"}

    @api.model
    def _default_party_kind(self):
        return "center"

    @api.depends("center_id.partner_id")
    def _compute_partner_id(self):
        """Let another payee of the center answer for what is open."""
        return super()._compute_partner_id()

    def _party_deposit(self):
        return self.center_id.deposit_id if self.party_kind == "center" else super()._party_deposit()

    @api.model
    def _domain_of_deposit(self, deposit):
        domain = super()._domain_of_deposit(deposit)
        return domain | Domain("center_id", "=", deposit.center_id.id) if deposit.center_id else domain

    def _printed_you(self):
        return "你单位" if self.party_kind == "center" else super()._printed_you()

    def _printed_party(self):
        if self.party_kind != "center":
            return super()._printed_party()
        center = self.center_id
        return f"你单位承办的{center.name}（服务码 {center.service_code or '无'}）"

    # ------------------------------------------------------------------
    # Effects
    # ------------------------------------------------------------------

    def _take_effect_suspension(self):
        """Suspend from the next day on, or from the end of a suspension that runs then.

        The orders of today have been placed in good faith.
        """
        if self.party_kind != "center":
            super()._take_effect_suspension()
            return
        Suspension = self.env["rural.center.suspension"]
        first = china_time.today() + timedelta(days=1)
        others = Suspension.search([("center_id", "=", self.center_id.id)], order="valid_from")
        for other in others:
            last = first + timedelta(days=self.suspension_days - 1)
            if other.valid_from <= last and not other.valid_to:
                # Suspended until further notice: there is nothing to add.
                self.suspension_id = other
                return
            if other.valid_from <= last and other.valid_to >= first:
                first = other.valid_to + timedelta(days=1)
        last = first + timedelta(days=self.suspension_days - 1)
        self.suspension_id = self.center_id._suspend(first, last, self._effect_reason())

    def _suspended_until(self) -> date:
        """Return the last day that the case has decided; one that ran already, without an end, may last longer."""
        return self.suspension_id.valid_to or self.final_on + timedelta(days=self.suspension_days)

    def _take_effect_termination(self):
        """Let the center leave with this day: authorisation, certificate and agreement end (DP-04).

        An exit on its way is brought forward and becomes the termination; a center that has left stays as it is.
        """
        if self.party_kind != "center":
            super()._take_effect_termination()
            return
        self.exit_id = self.env["rural.center.exit"]._begin_decided(
            self.center_id,
            {
                "kind": "termination",
                "reason": self._effect_reason(),
                "last_day": china_time.today(),
                "requested_by_id": self.recorded_by_id.id,
            },
        )

    def _effect(self):
        return super()._effect() or self.exit_id
