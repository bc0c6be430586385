from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

#: States of orders that may still be completed.
PENDING = ("pending_payment", "pending_shipment", "pending_receipt")


class RuralCenterExit(models.Model):
    _inherit = "rural.center.exit"

    def _on_their_way(self):
        """Name orders with the code that are not completed, and once it has left, what is not settled (DP-04)."""
        center = self.center_id
        waiting = super()._on_their_way()
        orders = center.service_code and self.env["rural.order.line"].search(
            Domain("service_code", "=", center.service_code)
            & Domain("company_id", "=", center.company_id.id)
            & Domain("state", "in", PENDING)
            & Domain("order_time", "<", china_time.day_start(self.last_day + timedelta(days=1)))
        )
        if orders:
            waiting.append(
                self.env._(
                    "%(count)s order lines of %(amount)s with its code are not completed yet.",
                    count=len(orders),
                    amount=center.currency_id.format(sum(orders.mapped("net_amount"))),
                )
            )
        if self.state == "done":
            waiting += self.env["rural.deposit"]._open_statements(center)
        return waiting
