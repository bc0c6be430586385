from odoo import api, fields, models


class RuralTerminalFeeCharge(models.TransientModel):
    """Record the terminal fees that merchants pay for a month (MA-08, MA-23)."""

    _name = "rural.terminal.fee.charge"
    _description = "Terminal Fees of a Month"

    month = fields.Date(required=True, default=lambda self: self.env["rural.merchant.statement"]._last_over_month())
    merchant_ids = fields.Many2many("rural.merchant", string="Merchants", required=True)
    payment_way = fields.Selection(
        [("statement", "Deducted from the Statement"), ("direct", "Paid Directly")],
        required=True,
        default="statement",
    )
    terminal_ids = fields.Many2many("rural.merchant.terminal", compute="_compute_terminal_ids", string="Terminals")

    @api.depends("month", "merchant_ids")
    def _compute_terminal_ids(self):
        for wizard in self:
            wizard.terminal_ids = wizard._open_terminals() if wizard.month else False

    def _open_terminals(self):
        first = self.month.replace(day=1)
        terminals = self.env["rural.merchant.terminal"].search(
            [
                ("merchant_id", "in", self.merchant_ids.ids),
                ("installed_on", "<=", fields.Date.end_of(first, "month")),
                "|",
                ("removed_on", "=", False),
                ("removed_on", ">=", first),
            ]
        )
        charged = self.env["rural.terminal.fee"].search(
            [("terminal_id", "in", terminals.ids), ("month", "=", first), ("state", "!=", "refused")]
        )
        return terminals - charged.terminal_id

    def action_charge(self):
        """Record a fee for each terminal that stood in the month and has none yet."""
        self.ensure_one()
        fees = self.env["rural.terminal.fee"].create(
            [
                {"terminal_id": terminal.id, "month": self.month, "payment_way": self.payment_way}
                for terminal in self._open_terminals().filtered("monthly_fee")
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Terminal Fees"),
            "res_model": "rural.terminal.fee",
            "view_mode": "list,form",
            "domain": [("id", "in", fees.ids)],
        }
