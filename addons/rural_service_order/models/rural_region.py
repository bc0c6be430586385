from odoo import models


class RuralRegion(models.Model):
    _name = "rural.region"
    _inherit = ["rural.region", "rural.order.referenced.mixin"]
    _order_reference = "region_id"
