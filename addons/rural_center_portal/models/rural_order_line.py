from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

#: A word shorter than this finds too much.
SHORTEST_WORD = 2


class RuralOrderLine(models.Model):
    _inherit = "rural.order.line"

    # The center's own list, newest first; most orders carry no code and are not in it.
    _of_center = models.Index("(center_id, order_time) WHERE center_id IS NOT NULL")

    @api.model
    def _portal_search_domain(self, words) -> Domain:
        """Return the lines whose order, product or purchaser has the words; names that the reader need not see."""
        words = (words or "").strip()
        if len(words) < SHORTEST_WORD:
            return Domain.TRUE
        words = escape_psql(words)
        named = Domain("code", "=ilike", f"{words}%") | Domain("name", "ilike", words)
        return (
            Domain("order_number", "=ilike", f"{words}%")
            | Domain("product_id", "in", self.env["rural.product"].sudo()._search(named))
            | Domain("purchaser_id", "in", self.env["rural.purchaser"].sudo()._search(named))
        )
