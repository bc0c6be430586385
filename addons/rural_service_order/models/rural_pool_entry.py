from odoo import models
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import CHINA_OFFSET


class RuralPoolEntry(models.Model):
    """The orders that were judged by a version of a rate (SC-08, SC-10)."""

    _inherit = "rural.pool.entry"

    def _last_order_day(self, settled=False):
        """Return the day in China of the last order that was judged by the entry."""
        [[last_day]] = self.env.execute_query(
            SQL(
                """
                SELECT max(line.order_time + %s)::date FROM rural_order_line AS line
                 WHERE line.product_id = %s AND line.pool_entry_id = %s AND (%s)
                """,
                CHINA_OFFSET,
                self.product_id.id,
                self.id,
                SQL("NOT (%s)", self.env["rural.order.line"]._open_condition()) if settled else SQL("TRUE"),
            )
        )
        return last_day
