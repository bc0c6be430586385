from odoo import fields, models

from odoo.addons.rural_base import china_time


class RuralMerchantCost(models.Model):
    """A cost that is charged to a merchant in a month, and lowers its profit contribution (MA-09)."""

    _name = "rural.merchant.cost"
    _inherit = "rural.month.mixin"
    _description = "Cost of a Merchant"
    _order = "month desc, id desc"
    _check_company_auto = True

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
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(default=lambda self: china_time.today().replace(day=1))
    amount = fields.Monetary(required=True)
