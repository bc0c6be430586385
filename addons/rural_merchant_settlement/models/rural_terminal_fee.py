from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class RuralTerminalFee(models.Model):
    """The monthly fee that a merchant pays for a terminal (MA-08, MA-23).

    What is deducted from a statement is confirmed with it; what is paid directly counts once a second person has
    confirmed it.
    """

    _name = "rural.terminal.fee"
    _inherit = "rural.profit.entry.mixin"
    _description = "Terminal Fee of a Month"
    _order = "month desc, merchant_id, terminal_id"
    _rec_name = "terminal_id"

    terminal_id = fields.Many2one("rural.merchant.terminal", required=True, index=True, ondelete="restrict")
    merchant_id = fields.Many2one(related="terminal_id.merchant_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="terminal_id.company_id", store=True, index=True, precompute=True)
    amount = fields.Monetary(
        compute="_compute_amount", store=True, precompute=True, readonly=False, required=True, aggregator="sum"
    )
    payment_way = fields.Selection(
        [("statement", "Deducted from the Statement"), ("direct", "Paid Directly")],
        required=True,
        default="statement",
    )
    note = fields.Char()

    _once = models.UniqueIndex(
        "(terminal_id, month) WHERE state <> 'refused'", "This terminal's fee of the month is there already."
    )
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A fee is more than 0.")

    @api.depends("terminal_id")
    def _compute_amount(self):
        for fee in self:
            fee.amount = fee.amount or fee.terminal_id.monthly_fee

    @api.model_create_multi
    def create(self, vals_list):
        """Enter fees, and bring the drafts of their merchants up to date."""
        fees = super().create(vals_list)
        fees._refresh_statements()
        return fees

    def write(self, vals):
        """Change fees, and bring the drafts of their merchants up to date."""
        result = super().write(vals)
        if vals.keys() & {"amount", "month", "payment_way", "terminal_id"}:
            self._refresh_statements()
        return result

    def unlink(self):
        """Take fees back, and bring the drafts of their merchants up to date."""
        merchants = self.merchant_id
        result = super().unlink()
        self._refresh_statements(merchants)
        return result

    def _check_may_write(self, vals):
        """Let nobody turn a fee that is deducted into one that was paid."""
        result = super()._check_may_write(vals)
        if vals.keys() & {"payment_way", "terminal_id"}:
            raise UserError(self.env._("Delete the fee and enter it anew: how it is paid and for what stays as it is."))
        return result

    def _refresh_statements(self, merchants=None):
        # Whoever changes a fee is a maker of the drafts that change by it.
        for company, chosen in (merchants or self.merchant_id).grouped("company_id").items():
            ids = SQL("SELECT unnest(%s::integer[])", chosen.ids)
            self.env["rural.merchant.statement"].sudo()._refresh_drafts(company, ids)

    def _raises_profit_depends(self):
        return ("payment_way",)

    def _raises_profit(self):
        self.ensure_one()
        return self.payment_way == "direct"

    def _is_final(self):
        return self.payment_way == "direct" and super()._is_final()
