from odoo import api, fields, models


class RuralMerchantStatementConfirm(models.TransientModel):
    """Confirm several merchants' statements after a look at their figures (MA-09)."""

    _name = "rural.merchant.statement.confirm"
    _inherit = "rural.period.document.confirm"
    _description = "Confirm Merchant Statements"

    statement_ids = fields.Many2many("rural.merchant.statement", string="Statements", required=True)
    statement_count = fields.Integer("Number of Statements", compute="_compute_totals")
    sales = fields.Monetary("Card Sales", compute="_compute_totals")
    net_amount = fields.Monetary("Net Payable", compute="_compute_totals")

    @api.depends("statement_ids")
    def _compute_totals(self):
        for wizard in self:
            statements = wizard.statement_ids
            wizard.statement_count = len(statements)
            wizard.sales = sum(statements.mapped("sales"))
            wizard.net_amount = sum(statements.mapped("net_amount"))
