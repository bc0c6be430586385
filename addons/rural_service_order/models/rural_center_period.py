from odoo import api, models


class RuralCenterPeriod(models.AbstractModel):
    _name = "rural.center.period"
    _inherit = ["rural.center.period", "rural.order.facts.mixin"]
    _order_facts = frozenset({"center_id", "valid_from", "valid_to"})

    def _order_keys(self):
        return self.center_id._order_keys()

    @api.model
    def _order_condition(self, keys):
        return self.env["rural.service.center"]._order_condition(keys)
