from odoo import fields, models


class RuralStatementAgree(models.TransientModel):
    """Record that centers agree with their statements, and what says so (SC-13)."""

    _name = "rural.statement.agree"
    _description = "Center Agrees"

    statement_ids = fields.Many2many("rural.statement", string="Statements", required=True)
    agreement = fields.Text("Paper or Message", required=True)
    file_ids = fields.Many2many("ir.attachment", string="Files")

    def action_agree(self):
        """Record the agreement."""
        self.ensure_one()
        self.statement_ids._agree(self.agreement, self.file_ids)
        return {"type": "ir.actions.act_window_close"}
