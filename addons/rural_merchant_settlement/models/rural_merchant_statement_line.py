from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.rural_base.percent import percent
from odoo.addons.rural_bulk.fields import LeanMany2one


class RuralMerchantStatementLine(models.Model):
    """What a statement settles of one month, by card type and agreed rate (MA-09).

    A line of an earlier month than its statement's is an adjustment: what that month is worth now, less what
    closed statements have settled of it.
    """

    _name = "rural.merchant.statement.line"
    _description = "Line of a Merchant's Statement"
    _inherit = "rural.explanation.mixin"
    _order = "statement_id, month, kind desc, id"
    _rec_name = "statement_id"
    _log_access = False

    statement_id = fields.Many2one(
        "rural.merchant.statement", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = LeanMany2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    merchant_id = LeanMany2one("rural.merchant", "Merchant", required=True, readonly=True, index=True)
    month = fields.Date(required=True, readonly=True, help="The month of the transactions.")
    month_name = fields.Char("Month of Transactions", compute="_compute_month_name")
    is_adjustment = fields.Boolean("Adjustment", readonly=True)
    kind = fields.Selection(
        [("prepaid", "Prepaid Card"), ("bank", "Bank Card"), ("terminal_fee", "Terminal Fee")],
        required=True,
        readonly=True,
    )
    rate_id = LeanMany2one("rural.merchant.rate", "Agreed Rate", readonly=True)
    rate = fields.Float(digits=(16, 6), readonly=True, aggregator=None)
    transaction_count = fields.Integer("Transactions", readonly=True)
    sales = fields.Monetary("Card Sales", readonly=True)
    rebate = fields.Monetary(readonly=True)
    bank_fee = fields.Monetary("Bank-Card Fee", readonly=True)
    terminal_fee = fields.Monetary(readonly=True)
    net_amount = fields.Monetary("Net Payable", readonly=True)

    @api.depends("month")
    def _compute_month_name(self):
        for line in self:
            line.month_name = f"{line.month:%Y-%m}"

    def action_view_transactions(self):
        """Show the card transactions of the line; for an adjustment, those that came after the month was closed."""
        self.ensure_one()
        if self.kind == "terminal_fee":
            action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant_settlement.action_terminal_fee")
            domain = [("merchant_id", "=", self.merchant_id.id), ("month", "=", self.month)]
            return {**action, "domain": domain, "context": {}}
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_merchant_settlement.action_card_transaction")
        return {**action, "domain": list(self._transactions_domain()), "context": {}}

    def _transactions_domain(self) -> Domain:
        self.ensure_one()
        if self.kind == "terminal_fee":
            return Domain.FALSE
        domain = Domain(
            [
                ("merchant_id", "=", self.merchant_id.id),
                ("month", "=", self.month),
                ("card_type", "=", self.kind),
                ("rate_id", "=", self.rate_id.id),
            ]
        )
        closed = self.is_adjustment and self.statement_id.sudo().search(
            [
                ("merchant_id", "=", self.merchant_id.id),
                ("month", "<", self.statement_id.month),
                *self.statement_id._live_domain(),
            ],
            order="confirmed_at desc",
            limit=1,
        )
        return domain & Domain("run_id.finished_at", ">=", closed.confirmed_at) if closed else domain

    @api.model
    def _explanation_depends(self):
        return ("sales", "rebate", "bank_fee", "terminal_fee", "rate_id", "is_adjustment")

    def _explain(self):
        """MA-09: the sum of what each transaction has at the rate of its time."""
        self.ensure_one()
        values = {"count": self.transaction_count, "month": f"{self.month:%Y-%m}", "net": self.net_amount}
        if self.kind == "terminal_fee":
            sentence = self.env._("%(count)s terminal fees of %(month)s: %(net).2f yuan.", **values)
        else:
            sentence = self.env._(
                "%(count)s transactions of %(month)s: %(sales).2f less %(deducted).2f at %(rate)s, rounded for "
                "each transaction, is %(net).2f yuan.",
                sales=self.sales,
                deducted=self.rebate + self.bank_fee,
                rate=percent(self.rate),
                **values,
            )
        if self.is_adjustment:
            sentence += " " + self.env._("That month had been closed: this is what changed afterwards.")
        return {"clause": "MA-09", "parameter": self.rate_id, "inputs": {}, "sentence": sentence}
