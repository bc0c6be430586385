from datetime import date, timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class RuralCenterSuspension(models.Model):
    """A suspension that a final case has decided: neither lifted nor shortened, by whomever (SC-17)."""

    _inherit = "rural.center.suspension"

    case_ids = fields.One2many("rural.penalty.case", "suspension_id", "Penalty Cases", readonly=True)

    def _check_may_change(self, since):
        """Keep the days that a case has decided."""
        held_by = self.sudo().case_ids if since and not self.env.su else ()
        for case in held_by:
            if since <= case._suspended_until():
                raise UserError(
                    self.env._(
                        "%(suspension)s has been decided in the case %(case)s and holds until %(day)s (SC-17).",
                        suspension=self.display_name,
                        case=case.name,
                        day=case._suspended_until(),
                    )
                )
        return super()._check_may_change(since)


class RuralPenaltyCase(models.Model):
    _inherit = "rural.penalty.case"

    def _suspended_until(self) -> date:
        """Return the last day that the case has decided; one that ran already, without an end, may last longer."""
        return self.suspension_id.valid_to or self.final_on + timedelta(days=self.suspension_days)
