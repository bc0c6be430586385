from odoo import api, models

from ..chinese_books import keep_chinese_books


class RuralDemoMixin(models.AbstractModel):
    """Books of demo data, and what is paid from them."""

    _inherit = "rural.demo.mixin"

    @api.model
    def _keep_chinese_books(self, company_id):
        """Let the demo company keep Chinese books."""
        keep_chinese_books(self.env["res.company"].browse(company_id))

    def _pay_out(self, records, **vals):
        """Pay what is owed by documents, as whoever they are for."""
        action = records.action_register_payment()
        wizard = self.env[action["res_model"]].with_user(records.env.user).with_context(**action["context"])
        wizard.create(vals)._create_payments()
