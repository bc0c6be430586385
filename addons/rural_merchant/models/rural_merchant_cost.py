from odoo import api, fields, models


class RuralMerchantCost(models.Model):
    """A cost that is charged to a merchant in a month, and lowers its profit contribution (MA-09)."""

    _name = "rural.merchant.cost"
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
    month = fields.Date(required=True, default=lambda self: fields.Date.context_today(self).replace(day=1))
    amount = fields.Monetary(required=True)

    _month_begins = models.Constraint("CHECK (extract(day FROM month) = 1)", "A month is given by its first day.")

    @api.model_create_multi
    def create(self, vals_list):
        """Charge costs; a month is given by any of its days."""
        return super().create([self._with_first_day(vals) for vals in vals_list])

    def write(self, vals):
        """Change costs; a month is given by any of its days."""
        return super().write(self._with_first_day(vals))

    def _with_first_day(self, vals):
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals
