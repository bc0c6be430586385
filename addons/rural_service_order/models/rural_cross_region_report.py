from odoo import api, models


class RuralCrossRegionReport(models.Model):
    _name = "rural.cross.region.report"
    _inherit = ["rural.cross.region.report", "rural.order.facts.mixin"]
    _order_facts = frozenset({"approved_at", "center_id", "purchaser_id", "state", "valid_until"})

    def _confirm_take_over(self):
        """Judge the orders once for all reports that are confirmed together."""
        with self.env["rural.order.facts.mixin"]._judge_orders_once():
            return super()._confirm_take_over()

    def _order_keys(self):
        return self.center_id._order_keys()

    @api.model
    def _order_condition(self, keys):
        return self.env["rural.service.center"]._order_condition(keys)
