from odoo import models


class RuralCenterAuthorisation(models.Model):
    _inherit = "rural.center.authorisation"

    def _check_may_change(self, since):
        """Let nobody authorise by hand a center that has to go through its agreement (SC-05)."""
        if not self.env.su:
            self.center_id._check_no_agreement()
        return super()._check_may_change(since)
