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
