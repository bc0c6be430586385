from odoo import api, models


class RuralStationArea(models.Model):
    _inherit = "rural.station.area"

    @api.model
    def _portal_areas(self):
        """Return the areas that the present user looks after, with the user's own rights."""
        if not self.has_access("read"):
            return self.browse()
        return self.search([("area_partner_id", "=", self.env.user.partner_id.id)])
