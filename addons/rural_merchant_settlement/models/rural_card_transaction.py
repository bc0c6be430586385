from odoo import api, fields, models

from odoo.addons.rural_base.percent import percent
from odoo.addons.rural_bulk.fields import LeanMany2one


class RuralCardTransaction(models.Model):
    """A card transaction at a terminal, with its rebate or fee at the rate of its time (MA-09).

    Transactions come by the million, from files alone; nobody writes them by hand. A void or a return is a
    transaction of its own with a negative amount, at the rate of its own time.
    """

    _name = "rural.card.transaction"
    _description = "Card Transaction"
    _inherit = "rural.explanation.mixin"
    _order = "id desc"
    _rec_name = "number"
    _log_access = False

    company_id = LeanMany2one("res.company", required=True, readonly=True)
    run_id = LeanMany2one("rural.load.run", "Last Changed By", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    # as the file says
    number = fields.Char("Serial Number", required=True, readonly=True)
    time = fields.Datetime(required=True, readonly=True)
    month = fields.Date(required=True, readonly=True, help="First day of the month, China time.")
    merchant_id = LeanMany2one("rural.merchant", "Merchant", required=True, readonly=True)
    terminal_id = LeanMany2one("rural.merchant.terminal", "Terminal", required=True, readonly=True)
    card_type = fields.Selection([("prepaid", "Prepaid Card"), ("bank", "Bank Card")], required=True, readonly=True)
    kind = fields.Selection([("sale", "Sale"), ("void", "Void"), ("return", "Return")], required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True, help="Negative for a void or a return.")

    # by the rates valid then
    rate_id = LeanMany2one("rural.merchant.rate", "Agreed Rate", required=True, readonly=True)
    rate = fields.Float(digits=(16, 6), required=True, readonly=True, aggregator=None)
    rebate = fields.Monetary(required=True, readonly=True)
    bank_fee = fields.Monetary("Bank-Card Fee", required=True, readonly=True)

    _key = models.UniqueIndex("(company_id, number)", "A transaction is loaded once: its serial number is unique.")
    _by_merchant = models.Index("(merchant_id, month)")
    _by_terminal = models.Index("(terminal_id)")
    # Files come month by month: a small index that leaves the other months aside.
    _by_month = models.Index("USING brin (month)")

    @api.model
    def _explanation_depends(self):
        return ("amount", "rate", "rebate", "bank_fee", "card_type", "rate_id")

    def _explain(self):
        """MA-09: amount × the rate valid then."""
        self.ensure_one()
        time = fields.Datetime.context_timestamp(self.with_context(tz="Asia/Shanghai"), self.time)
        values = {"amount": self.amount, "rate": percent(self.rate)}
        if self.card_type == "prepaid":
            sentence = self.env._(
                "The rebate is %(amount).2f × %(rate)s = %(rebate).2f yuan.", rebate=self.rebate, **values
            )
        else:
            sentence = self.env._(
                "The bank-card fee is %(amount).2f × %(rate)s = %(fee).2f yuan.", fee=self.bank_fee, **values
            )
        return {
            "clause": "MA-09",
            "parameter": self.rate_id,
            "inputs": {
                self.env._("Time"): time.strftime("%Y-%m-%d %H:%M:%S"),
                self.env._("Merchant"): self.merchant_id.display_name,
                self.env._("Terminal"): self.terminal_id.number,
            },
            "sentence": sentence,
        }
