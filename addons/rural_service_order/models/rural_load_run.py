from odoo import fields, models


class RuralLoadRun(models.Model):
    _name = "rural.load.run"
    _inherit = ["rural.load.run", "rural.order.referenced.mixin"]
    _order_reference = "run_id"

    profile = fields.Selection(selection_add=[("orders", "Platform Orders")], ondelete={"orders": "cascade"})

    def action_view_lines(self):
        """Show the order lines that this load brought in or changed last."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_service_order.action_order_line")
        return {**action, "domain": [("run_id", "=", self.id)], "context": {}}
