from odoo import models

from odoo.addons.rural_base import china_time


class RuralCenterApplication(models.Model):
    _inherit = "rural.center.application"

    def _after_approval(self, center):
        """Draw up the first agreement of the new center: the step that follows the approval (SC-05)."""
        Agreement = self.env["rural.center.agreement"]
        Agreement.create({"center_id": center.id, "year": china_time.today().year, "date_from": china_time.today()})
        return super()._after_approval(center)
