from odoo import fields, models

from odoo.addons.rural_base import china_time


class RuralMerchantDrop(models.TransientModel):
    """Let merchants drop out: the day, why, and who takes the place."""

    _name = "rural.merchant.drop"
    _description = "Drop-out of a Merchant"

    merchant_ids = fields.Many2many(
        "rural.merchant", string="Merchants", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    day = fields.Date("Last Day", required=True, default=lambda self: china_time.today())
    reason = fields.Text(required=True)
    replacement_id = fields.Many2one(
        "rural.merchant", "Replaced By", domain="[('stage', '!=', 'dropped'), ('id', 'not in', merchant_ids)]"
    )

    def action_drop(self):
        """Let them drop out."""
        self.ensure_one()
        self.merchant_ids._drop(self.day, self.reason, self.replacement_id)
        return {"type": "ir.actions.act_window_close"}
