from odoo import api, fields, models


class RuralStationClosure(models.Model):
    """A span of days on which a station does no business at all (停业): what is done there then does not count."""

    _name = "rural.station.closure"
    _description = "Closure of a Station"
    _inherit = ["rural.dated.mixin"]
    _order = "station_id, valid_from desc"
    _dated_key = ("station_id",)

    station_id = fields.Many2one("rural.station", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True, precompute=True)
    reason = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        """Close stations for a time; what they did then is judged again."""
        closures = super().create(vals_list)
        closures.station_id._after_open_days()
        return closures

    def write(self, vals):
        """Change closures; what the stations did then is judged again."""
        stations = self.station_id
        result = super().write(vals)
        (stations | self.station_id)._after_open_days()
        return result

    def unlink(self):
        """Take closures back; what the stations did then is judged again."""
        stations = self.station_id
        result = super().unlink()
        stations._after_open_days()
        return result
