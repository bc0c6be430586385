from odoo import api, models
from odoo.tools import SQL


class RuralServiceCenter(models.Model):
    _name = "rural.service.center"
    _inherit = ["rural.service.center", "rural.order.facts.mixin", "rural.order.referenced.mixin"]
    _order_facts = frozenset({"region_id", "service_code"})
    _order_reference = "center_id"

    def _order_keys(self):
        return [code for code in self.mapped("service_code") if code]

    @api.model
    def _order_condition(self, keys):
        return SQL("line.service_code = ANY(%s)", keys)
