from odoo import fields, models


class RuralStation(models.Model):
    _inherit = "rural.station"

    inspection_ids = fields.One2many("rural.station.inspection", "station_id", "Inspections")

    def _after_open_days(self):
        """Judge again the inspections of stations that are open on other days (ST-06)."""
        result = super()._after_open_days()
        inspections = self.env["rural.station.inspection"].sudo().search([("station_id", "in", self.ids)])
        inspections._judge()
        return result
