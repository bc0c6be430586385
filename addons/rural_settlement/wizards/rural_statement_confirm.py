from odoo import api, fields, models


class RuralStatementConfirm(models.TransientModel):
    """Confirm several statements after a look at their figures."""

    _name = "rural.statement.confirm"
    _description = "Confirm Statements"

    statement_ids = fields.Many2many("rural.statement", string="Statements", required=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    statement_count = fields.Integer("Number of Statements", compute="_compute_totals")
    month_count = fields.Integer("Months", compute="_compute_totals")
    line_count = fields.Integer("Entries", compute="_compute_totals")
    base = fields.Monetary("Amount Less Refunds", compute="_compute_totals")
    fee = fields.Monetary("Service Fee", compute="_compute_totals")
    seen = fields.Json(compute="_compute_seen", store=True, help="The figures that are shown, by statement.")

    @api.depends("statement_ids")
    def _compute_totals(self):
        for wizard in self:
            statements = wizard.statement_ids
            wizard.statement_count = len(statements)
            wizard.month_count = len(set(statements.mapped("month")))
            wizard.line_count = sum(statements.mapped("line_count"))
            wizard.base = sum(statements.mapped("base"))
            wizard.fee = sum(statements.mapped("fee"))

    @api.depends("statement_ids")
    def _compute_seen(self):
        for wizard in self:
            wizard.seen = {str(statement._origin.id): statement._figures() for statement in wizard.statement_ids}

    def action_confirm(self):
        """Confirm the statements, unless their figures have changed since they were shown."""
        self.ensure_one()
        seen = {int(key): tuple(figures) for key, figures in (self.seen or {}).items()}
        changed = self.statement_ids._confirm(seen)
        if changed:
            return self.statement_ids._notify_changed(changed)
        return {"type": "ir.actions.act_window_close"}
