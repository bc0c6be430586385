from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_station_ids = fields.One2many("rural.station", "company_id", "Stations")
    rural_station_area_ids = fields.One2many("rural.station.area", "company_id", "Areas of Stations")
