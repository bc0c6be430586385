from odoo import api, models
from odoo.exceptions import AccessError


class RuralServiceCenter(models.Model):
    _inherit = "rural.service.center"

    @api.model
    def _portal_centers(self):
        """Return the centers that the present user sees: their own first, then those below it (SC-20)."""
        # As the system: whether a provincial center is authorised says a list that its people do not read.
        centers = self.sudo().with_context(active_test=False).search(self._portal_domain()).with_env(self.env)
        return centers.sorted(lambda center: not center._is_portal_own())

    def _is_portal_own(self) -> bool:
        """Tell whether the present user acts for this very center, and not for the one above it."""
        self.ensure_one()
        return self.sudo().commercial_partner_id == self.env.user.commercial_partner_id

    def _check_portal_own(self):
        """Refuse who does not act for the center itself: a provincial center looks on (SC-20).

        :raises AccessError: naming the center
        """
        for center in self:
            if not center._is_portal_own():
                raise AccessError(
                    self.env._("Only %s itself may do this; you can look on.", center.sudo().display_name)
                )
