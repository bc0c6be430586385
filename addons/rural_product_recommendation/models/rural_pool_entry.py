from odoo import fields, models


class RuralPoolEntry(models.Model):
    _inherit = "rural.pool.entry"

    recommendation_ids = fields.One2many(
        "rural.product.recommendation", "pool_entry_id", "Recommendations", readonly=True
    )

    def _after_decision(self, state):
        """Take recommended products into the pool with their entry, or have another one made (SC-09)."""
        waiting = self.sudo().recommendation_ids.filtered(lambda product: product.state == "accepted")
        if state == "confirmed":
            waiting._enter_pool()
        else:
            waiting.pool_entry_id = False
        return super()._after_decision(state)
