from odoo import api, fields, models


class RuralStatementConfirm(models.TransientModel):
    """Confirm several statements after a look at their figures."""

    _name = "rural.statement.confirm"
    _inherit = "rural.period.document.confirm"
    _description = "Confirm Statements"

    statement_ids = fields.Many2many("rural.statement", string="Statements", required=True)
    statement_count = fields.Integer("Number of Statements", compute="_compute_totals")
    month_count = fields.Integer("Months", compute="_compute_totals")
    line_count = fields.Integer("Entries", compute="_compute_totals")
    base = fields.Monetary("Amount Less Refunds", compute="_compute_totals")
    fee = fields.Monetary("Service Fee", compute="_compute_totals")

    @api.depends("statement_ids")
    def _compute_totals(self):
        for wizard in self:
            statements = wizard.statement_ids
            wizard.statement_count = len(statements)
            wizard.month_count = len(set(statements.mapped("month")))
            wizard.line_count = sum(statements.mapped("line_count"))
            wizard.base = sum(statements.mapped("base"))
            wizard.fee = sum(statements.mapped("fee"))
