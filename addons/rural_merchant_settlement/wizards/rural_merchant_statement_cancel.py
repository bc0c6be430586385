from odoo import fields, models


class RuralMerchantStatementCancel(models.TransientModel):
    """Cancel merchants' statements with a reason; posted ones are reversed."""

    _name = "rural.merchant.statement.cancel"
    _description = "Cancel Merchant Statements"

    statement_ids = fields.Many2many(
        "rural.merchant.statement",
        string="Statements",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    reason = fields.Text(required=True)
    date = fields.Date("Date of the Reversal", required=True, default=fields.Date.context_today)

    def action_cancel(self):
        """Cancel them."""
        self.ensure_one()
        self.statement_ids._cancel(self.reason, self.date)
        return {"type": "ir.actions.act_window_close"}
