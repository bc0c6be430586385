from odoo import models


class RuralPurchaser(models.Model):
    _name = "rural.purchaser"
    _inherit = ["rural.purchaser", "rural.order.referenced.mixin"]
    _order_reference = "purchaser_id"
    _order_code = "code"
