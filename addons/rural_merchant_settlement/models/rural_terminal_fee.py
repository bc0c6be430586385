from odoo import api, fields, models


class RuralTerminalFee(models.Model):
    """The monthly fee that a merchant pays for a terminal (MA-08, MA-23)."""

    _name = "rural.terminal.fee"
    _inherit = "rural.month.mixin"
    _description = "Terminal Fee of a Month"
    _order = "month desc, merchant_id, terminal_id"
    _rec_name = "terminal_id"

    terminal_id = fields.Many2one("rural.merchant.terminal", required=True, index=True, ondelete="restrict")
    merchant_id = fields.Many2one(related="terminal_id.merchant_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="terminal_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        compute="_compute_amount", store=True, precompute=True, readonly=False, required=True, aggregator="sum"
    )
    payment_way = fields.Selection(
        [("statement", "Deducted from the Statement"), ("direct", "Paid Directly")],
        required=True,
        default="statement",
    )
    note = fields.Char()

    _once = models.UniqueIndex("(terminal_id, month)", "This terminal's fee of the month is there already.")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A fee is more than 0.")

    @api.depends("terminal_id")
    def _compute_amount(self):
        for fee in self:
            fee.amount = fee.amount or fee.terminal_id.monthly_fee
