from odoo import models

from odoo.addons.rural_base import china_time


class RuralCenterApplication(models.Model):
    _inherit = "rural.center.application"

    def _after_approval(self, center):
        """Draw up the first agreement of the new center: the step that follows the approval (SC-05)."""
        Agreement = self.env["rural.center.agreement"]
        Agreement.create({"center_id": center.id, "year": china_time.today().year, "date_from": china_time.today()})
        return super()._after_approval(center)


class RuralCenterAgreement(models.Model):
    _inherit = "rural.center.agreement"

    def _missing_for_signed(self):
        """Let no center begin that was neither approved nor taken over with its code (SC-05, SC-06)."""
        missing = super()._missing_for_signed()
        center = self.center_id
        if not center.service_code and "approved" not in center.application_ids.mapped("state"):
            missing.append(self.env._("%s has no approved application.", center.name))
        return missing
