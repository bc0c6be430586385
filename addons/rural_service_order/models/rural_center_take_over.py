from odoo import models


class RuralCenterTakeOver(models.Model):
    _inherit = "rural.center.take.over"

    def _take_over(self):
        """Judge the orders once for all centers that are confirmed together."""
        with self.env["rural.order.facts.mixin"]._judge_orders_once():
            return super()._take_over()
