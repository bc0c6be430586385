from odoo import api, fields, models


class RuralMerchantStatementPost(models.TransientModel):
    """Show what will be posted, statement by statement and in sum, and ask for the accounting date (MA-09)."""

    _name = "rural.merchant.statement.post"
    _inherit = "rural.posting.dialog"
    _description = "Post Merchant Statements"

    date = fields.Date(help="Empty: the last day of each statement's month.")
    statement_ids = fields.Many2many("rural.merchant.statement", string="Statements", required=True)
    statement_count = fields.Integer("Number of Statements", compute="_compute_totals")
    sales = fields.Monetary("Card Sales", compute="_compute_totals")
    rebate = fields.Monetary(compute="_compute_totals")
    bank_fee = fields.Monetary(compute="_compute_totals")
    terminal_fee = fields.Monetary(compute="_compute_totals")
    net_amount = fields.Monetary("Net Payable", compute="_compute_totals")

    @api.depends("statement_ids")
    def _compute_totals(self):
        for wizard in self:
            statements = wizard.statement_ids
            wizard.statement_count = len(statements)
            for name in ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount"):
                wizard[name] = sum(statements.mapped(name))

    def _documents(self):
        return self.statement_ids

    def _entry_journal(self):
        return self.company_id._rural_merchant_journal()

    def action_post(self):
        """Post them."""
        self.ensure_one()
        self.statement_ids._post(self.date)
        return {"type": "ir.actions.act_window_close"}
