from odoo import fields, models


class RuralMerchantStatementPrepare(models.TransientModel):
    """Prepare the merchants' statements up to a month (MA-09)."""

    _name = "rural.merchant.statement.prepare"
    _description = "Prepare Merchant Statements"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    month = fields.Date(
        "Last Month", required=True, default=lambda self: self.env["rural.merchant.statement"]._last_over_month()
    )
    merchant_ids = fields.Many2many("rural.merchant", string="Only These Merchants")

    def action_prepare(self):
        """Make the drafts and show them."""
        self.ensure_one()
        self.env["rural.merchant.statement"]._prepare_drafts(self.company_id, self.month, self.merchant_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant_settlement.action_merchant_statement")
        return {**action, "context": {"search_default_draft": 1}}
