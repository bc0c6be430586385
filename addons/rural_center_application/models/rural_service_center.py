from odoo import fields, models


class RuralServiceCenter(models.Model):
    _inherit = "rural.service.center"

    application_ids = fields.One2many("rural.center.application", "center_id", "Applications", readonly=True)
    document_ids = fields.One2many("rural.center.document", "center_id", "Documents")

    def action_view_application(self):
        """Show the application that the center comes from (SC-02)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.application_ids[:1].display_name,
            "res_model": "rural.center.application",
            "view_mode": "form",
            "res_id": self.application_ids[:1].id,
        }
