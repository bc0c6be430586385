from odoo import api, fields, models


class RuralMerchantStatementConfirm(models.TransientModel):
    """Confirm several merchants' statements after a look at their figures (MA-09)."""

    _name = "rural.merchant.statement.confirm"
    _description = "Confirm Merchant Statements"

    statement_ids = fields.Many2many("rural.merchant.statement", string="Statements", required=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    statement_count = fields.Integer("Number of Statements", compute="_compute_totals")
    sales = fields.Monetary("Card Sales", compute="_compute_totals")
    net_amount = fields.Monetary("Net Payable", compute="_compute_totals")
    seen = fields.Json(compute="_compute_seen", store=True, help="The figures that are shown, by statement.")

    @api.depends("statement_ids")
    def _compute_totals(self):
        for wizard in self:
            statements = wizard.statement_ids
            wizard.statement_count = len(statements)
            wizard.sales = sum(statements.mapped("sales"))
            wizard.net_amount = sum(statements.mapped("net_amount"))

    @api.depends("statement_ids")
    def _compute_seen(self):
        for wizard in self:
            wizard.seen = {str(statement._origin.id): statement._figures() for statement in wizard.statement_ids}

    def action_confirm(self):
        """Confirm the statements, unless figures have changed since they were shown."""
        self.ensure_one()
        seen = {int(key): tuple(figures) for key, figures in (self.seen or {}).items()}
        changed = self.statement_ids._confirm(seen)
        if changed:
            return self.statement_ids._notify_changed(changed)
        return {"type": "ir.actions.act_window_close"}
