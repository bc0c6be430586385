from odoo import fields, models


class RuralServiceCenter(models.Model):
    _inherit = "rural.service.center"

    statement_ids = fields.One2many("rural.statement", "center_id", "Statements", readonly=True)
    statement_count = fields.Integer(compute="_compute_statement_count")

    def _compute_statement_count(self):
        counts = dict(
            self.env["rural.statement"]._read_group([("center_id", "in", self.ids)], ["center_id"], ["__count"])
        )
        for center in self:
            center.statement_count = counts.get(center, 0)

    def action_view_statements(self):
        """Show the statements of the center."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_statement")
        return {**action, "domain": [("center_id", "in", self.ids)], "context": {"search_default_not_cancelled": 1}}
