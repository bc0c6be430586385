from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(
        selection_add=[("transactions", "Card Transactions")], ondelete={"transactions": "cascade"}
    )

    def action_view_transactions(self):
        """Show the card transactions that this load brought in or changed last."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant_settlement.action_card_transaction")
        return {**action, "domain": [("run_id", "=", self.id)], "context": {}}
