from odoo import fields, models


class RuralRecommendationDecline(models.TransientModel):
    _name = "rural.recommendation.decline"
    _description = "Reason for Declining a Product"

    recommendation_id = fields.Many2one("rural.product.recommendation", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_apply(self):
        """Decline, and tell the center why."""
        self.ensure_one()
        self.recommendation_id._decline(self.reason)
        return {"type": "ir.actions.act_window_close"}
