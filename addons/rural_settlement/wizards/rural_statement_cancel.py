from odoo import api, fields, models


class RuralStatementCancel(models.TransientModel):
    """Ask why statements are cancelled."""

    _name = "rural.statement.cancel"
    _description = "Cancel Statements"

    statement_ids = fields.Many2many("rural.statement", string="Statements", required=True)
    has_posted = fields.Boolean(compute="_compute_has_posted")
    reason = fields.Text(required=True)
    date = fields.Date("Accounting Date", default=fields.Date.context_today, required=True)

    @api.depends("statement_ids.posting_id")
    def _compute_has_posted(self):
        for wizard in self:
            wizard.has_posted = bool(wizard.statement_ids.posting_id)

    def action_cancel(self):
        """Cancel the statements and show what is to be settled anew."""
        self.ensure_one()
        drafts = self.statement_ids._cancel(self.reason, self.date)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_rural_statement")
        return {**action, "domain": [("id", "in", (drafts | self.statement_ids).ids)], "context": {}}
