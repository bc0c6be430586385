from odoo import fields, models

from odoo.addons.rural_bulk.fields import CodeChar

READERS = "rural_base.group_operations,rural_base.group_settlement_officer"


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_code = CodeChar(
        copy=False,
        help="Code of the supplier on the platform. Files name suppliers by it.",
    )
    supplier_code_ids = fields.One2many(
        "rural.supplier.code",
        "partner_id",
        "Further Supplier Codes",
        readonly=True,
        groups=READERS,
        help="Of contacts merged into it.",
    )
    rural_product_ids = fields.One2many("rural.product", "supplier_id", "Platform Products", groups=READERS)
    rural_product_count = fields.Integer("Product Count", compute="_compute_rural_product_count", groups=READERS)

    _supplier_code_unique = models.UniqueIndex(
        "(supplier_code, COALESCE(company_id, 0)) WHERE supplier_code IS NOT NULL",
        "Another supplier has this supplier code already.",
    )

    def _compute_rural_product_count(self):
        counts = dict(
            self.env["rural.product"]._read_group([("supplier_id", "in", self.ids)], ["supplier_id"], ["__count"])
        )
        for partner in self:
            partner.rural_product_count = counts.get(partner, 0)

    def action_view_rural_products(self):
        """Show the products that the supplier sells on the platform."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_product_pool.action_product")
        return {
            **action,
            "domain": [("supplier_id", "=", self.id)],
            "context": {"default_supplier_id": self.id},
        }
