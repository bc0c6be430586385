from odoo import api, models


class RuralLoadProfileCenters(models.AbstractModel):
    _inherit = "rural.load.profile.centers"

    @api.model
    def _merge_period(self, model_name, center, first, last, heading):
        """Take over the days of the file, whoever loads it: these centers already work (SC-06)."""
        return super(RuralLoadProfileCenters, self.sudo())._merge_period(model_name, center, first, last, heading)
