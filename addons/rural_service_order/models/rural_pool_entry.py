from datetime import date

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_base.china_time import CHINA_OFFSET


class RuralPoolEntry(models.Model):
    """The orders that are judged by a version of a rate (SC-08, SC-10)."""

    _name = "rural.pool.entry"
    _inherit = ["rural.pool.entry", "rural.order.facts.mixin"]
    _order_facts = frozenset({"product_id", "fee_rate", "valid_from", "valid_to", "state"})

    def _order_keys(self):
        return self.product_id.ids

    @api.model
    def _order_condition(self, keys):
        return SQL("line.product_id = ANY(%s)", keys)

    def _decide(self, state, reason=None, **vals):
        with self._judge_orders_once():
            return super()._decide(state, reason, **vals)

    def _change_from(self, first_day, **vals):
        with self._judge_orders_once():
            return super()._change_from(first_day, **vals)

    def _describe_changes(self):
        """Say as well how many order lines of its days are judged again, and how many of them lie in closed months."""
        [[count, closed]] = self.env.execute_query(
            SQL(
                """
                SELECT count(*), count(*) FILTER (WHERE NOT (%(is_open)s)) FROM rural_order_line AS line
                 WHERE line.product_id = %(product)s
                   AND (line.order_time + %(offset)s)::date BETWEEN %(first)s AND %(last)s
                """,
                is_open=self.env["rural.order.line"]._open_condition(),
                product=self.product_id.id,
                offset=CHINA_OFFSET,
                first=self.valid_from,
                last=self.valid_to or date.max,
            )
        )
        orders = self.env._(
            "Order lines of these days: %(count)s are judged again, %(closed)s belong to closed months.",
            count=count - closed,
            closed=closed,
        )
        return [*super()._describe_changes(), orders]

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
