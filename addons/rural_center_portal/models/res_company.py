from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    rural_center_ids = fields.One2many("rural.service.center", "company_id", "Service Centers")
