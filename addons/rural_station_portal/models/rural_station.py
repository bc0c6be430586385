from odoo import api, models


class RuralStation(models.Model):
    _inherit = "rural.station"

    @api.model
    def _portal_stations(self):
        """Return the stations that the present user runs, with the user's own rights; open ones first."""
        partner = self.env.user.partner_id
        stations = self.with_context(active_test=False).search([("partner_id", "=", partner.id)], order="code, id")
        return stations.sorted(lambda station: bool(station.sudo().closed_on))


class RuralStationArea(models.Model):
    _inherit = "rural.station.area"

    @api.model
    def _portal_areas(self):
        """Return the areas that the present user looks after, with the user's own rights."""
        return self.search([("area_partner_id", "=", self.env.user.partner_id.id)])
