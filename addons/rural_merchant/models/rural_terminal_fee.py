from odoo import api, fields, models


class RuralTerminalFee(models.Model):
    """The monthly fee that a merchant pays for a terminal (MA-08, MA-23)."""

    _name = "rural.terminal.fee"
    _description = "Terminal Fee of a Month"
    _order = "month desc, merchant_id, terminal_id"
    _rec_name = "terminal_id"

    terminal_id = fields.Many2one("rural.merchant.terminal", required=True, index=True, ondelete="restrict")
    merchant_id = fields.Many2one(related="terminal_id.merchant_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="terminal_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
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
    _month_begins = models.Constraint("CHECK (extract(day FROM month) = 1)", "A month is given by its first day.")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A fee is more than 0.")

    @api.depends("terminal_id")
    def _compute_amount(self):
        for fee in self:
            fee.amount = fee.amount or fee.terminal_id.monthly_fee

    @api.model_create_multi
    def create(self, vals_list):
        """Record fees; a month is given by any of its days."""
        return super().create([self._with_first_day(vals) for vals in vals_list])

    def write(self, vals):
        """Change fees; a month is given by any of its days."""
        return super().write(self._with_first_day(vals))

    def _with_first_day(self, vals):
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals
