from odoo import models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "rural.order.referenced.mixin"]
    _order_reference = "supplier_id"
    _order_code = "supplier_code"
