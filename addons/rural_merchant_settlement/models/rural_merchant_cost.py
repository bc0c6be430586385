from odoo import fields, models

from odoo.addons.rural_base import china_time


class RuralMerchantCost(models.Model):
    """A cost that is charged to a merchant in a month, and lowers its profit contribution (MA-09).

    A negative one is a credit: it raises the profit, and counts once a second person has confirmed it (MA-23).
    """

    _name = "rural.merchant.cost"
    _inherit = "rural.profit.entry.mixin"
    _description = "Cost of a Merchant"
    _order = "month desc, id desc"

    name = fields.Char("What For", required=True)
    merchant_id = fields.Many2one("rural.merchant", required=True, index=True, ondelete="restrict")
    terminal_id = fields.Many2one(
        "rural.merchant.terminal",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('merchant_id', '=', merchant_id)]",
        check_company=True,
    )
    company_id = fields.Many2one(related="merchant_id.company_id", store=True, index=True, precompute=True)
    month = fields.Date(default=lambda self: china_time.today().replace(day=1))
    amount = fields.Monetary(required=True, help="Negative: a credit, which a second person confirms.")

    def _raises_profit_depends(self):
        return ("amount",)

    def _raises_profit(self):
        self.ensure_one()
        return self.amount < 0
