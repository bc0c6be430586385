from odoo import api, fields, models


class RuralPoolEntry(models.Model):
    """A product in the pool at one rate: each change of rate is a new entry (SC-08)."""

    _name = "rural.pool.entry"
    _description = "Product Pool Entry"
    _inherit = ["rural.dated.mixin", "rural.order.facts.mixin", "mail.thread"]
    _order = "product_id, valid_from desc, id"
    _rec_names_search = ["product_id"]
    _check_company_auto = True
    _dated_key = ("product_id",)
    _order_facts = {"product_id", "fee_rate", "valid_from", "valid_to"}

    product_id = fields.Many2one(
        "rural.product",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    supplier_id = fields.Many2one(
        "res.partner",
        compute="_compute_supplier_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Who bears the fee. Taken from the product, and kept when the product changes hands.",
    )
    company_id = fields.Many2one(related="product_id.company_id", store=True, index=True, precompute=True)

    # rates
    fee_rate = fields.Float(
        "Service Fee Rate",
        digits=(16, 6),
        required=True,
        tracking=True,
        help="Share of a line's amount less refund that the center earns; 0.05 is 5 %.",
    )
    incentive_rate = fields.Float(
        "Year-End Incentive Rate",
        digits=(16, 6),
        tracking=True,
        help="Extra share for the year-end reward of a center; 0.05 is 5 %.",
    )

    # validity
    valid_from = fields.Date(tracking=True)
    valid_to = fields.Date(tracking=True)

    _fee_rate_is_share = models.Constraint(
        "CHECK (fee_rate BETWEEN 0 AND 1)",
        "A service fee rate lies between 0 and 1 (0.05 is 5 %).",
    )
    _incentive_rate_is_share = models.Constraint(
        "CHECK (incentive_rate BETWEEN 0 AND 1)",
        "A year-end incentive rate lies between 0 and 1 (0.05 is 5 %).",
    )

    @api.depends("product_id", "valid_from", "valid_to")
    def _compute_display_name(self):
        for entry in self:
            days = f"{entry.valid_from or ''} – {entry.valid_to or ''}".strip()
            entry.display_name = f"{entry.product_id.display_name or ''} ({days})"

    @api.depends("product_id")
    def _compute_supplier_id(self):
        for entry in self:
            entry.supplier_id = entry.product_id.supplier_id

    def action_change_rate(self):
        """Ask for the new rates and their first day."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Rate"),
            "res_model": "rural.pool.rate.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_entry_id": self.id},
        }
