from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

#: States of orders that may still be completed.
PENDING = ("pending_payment", "pending_shipment", "pending_receipt")
#: What completing an order does not mend: the day and the place of the order stay as they are (SC-10).
NEVER_EARNING = ("no_code", "unknown_code", "center_inactive", "out_of_region")


class RuralCenterExit(models.Model):
    _inherit = "rural.center.exit"

    def _on_their_way(self):
        """Name orders with the code that are not completed, and once it has left, what is not settled (DP-04)."""
        center = self.center_id
        waiting = super()._on_their_way()
        count, amount = self._orders_on_their_way()
        if count:
            waiting.append(
                self.env._(
                    "%(count)s order lines of %(amount)s with its code are not completed yet.",
                    count=count,
                    amount=center.currency_id.format(amount),
                )
            )
        if self.state == "done":
            waiting += self.env["rural.deposit"]._open_statements(center)
        return waiting

    def _orders_on_their_way(self):
        """Return how many lines with the code may still earn once they are completed, and their amount (SC-10)."""
        lines, center = self.env["rural.order.line"], self.center_id
        self.env.flush_all()
        pending = SQL(
            "line.service_code = %s AND line.state IN %s AND line.order_time < %s",
            center.service_code or None,
            PENDING,
            china_time.day_start(self.last_day + timedelta(days=1)),
        )
        [[count, amount]] = self.env.execute_query(
            SQL(
                "SELECT count(*), COALESCE(sum(net_amount), 0) FROM (%s) AS judged WHERE outcome NOT IN %s",
                lines._expected_query(center.company_id, pending),
                NEVER_EARNING,
            )
        )
        return count, float(amount)
