from odoo import models


class RuralProduct(models.Model):
    _name = "rural.product"
    _inherit = ["rural.product", "rural.order.referenced.mixin"]
    _order_reference = "product_id"
    _order_code = "code"
