from odoo import api, fields, models
from odoo.tools import split_every

from odoo.addons.rural_base import china_time
from odoo.addons.rural_bulk.fields import CodeChar

#: Suppliers looked up or created in one go.
BATCH_SIZE = 1000


class RuralProduct(models.Model):
    """A product on the platform. They come by the million, so they are no `product.template`."""

    _name = "rural.product"
    _description = "Platform Product"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = CodeChar(required=True, copy=False)
    name = fields.Char(required=True)
    supplier_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)

    # pool
    pool_entry_ids = fields.One2many("rural.pool.entry", "product_id", "Pool Entries")
    current_entry_id = fields.Many2one("rural.pool.entry", "Pool Entry of Today", compute="_compute_current_entry_id")
    fee_rate = fields.Float("Fee Rate of Today", digits=(16, 6), compute="_compute_current_entry_id")

    _code_unique = models.Constraint("UNIQUE (code, company_id)", "Another product has this product code already.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for product in self:
            product.display_name = f"{product.code} {product.name}" if product.code else ""

    @api.depends("pool_entry_ids.valid_from", "pool_entry_ids.valid_to", "pool_entry_ids.fee_rate")
    def _compute_current_entry_id(self):
        today = china_time.today()
        entries = self.pool_entry_ids.filtered_domain(self.env["rural.pool.entry"]._valid_on(today))
        entry_of_product = {entry.product_id: entry for entry in entries}
        for product in self:
            product.current_entry_id = entry_of_product.get(product)
            product.fee_rate = product.current_entry_id.fee_rate

    @api.model
    def _suppliers_by_code(self, pairs, company):
        """The suppliers with the given codes; those that are not known yet are created.

        :param dict pairs: clean supplier code → name, used for a new supplier only
        :param company: the company that the codes belong to
        :return: dict of clean supplier code → id of the partner
        """
        suppliers = self._known_suppliers(pairs, company)
        missing = [code for code in pairs if code not in suppliers]
        Partner = self.env["res.partner"].sudo().with_context(tracking_disable=True, mail_create_nosubscribe=True)
        for codes in split_every(BATCH_SIZE, missing):
            partners = Partner.create([self._prepare_supplier_vals(code, pairs[code], company) for code in codes])
            suppliers.update(zip(codes, partners.ids, strict=True))
        return suppliers

    @api.model
    def _known_suppliers(self, codes, company):
        """Known suppliers of the company, or of all companies: dict of code → id."""
        partners = (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("supplier_code", "in", list(codes)), ("company_id", "in", (False, company.id))],
                ["supplier_code"],
                order="company_id NULLS FIRST, id",
            )
        )
        merged = (
            self.env["rural.supplier.code"]
            .sudo()
            .search([("code", "in", list(codes)), ("company_id", "in", (False, company.id))], order="company_id, id")
        )
        # A company's own supplier comes last, so that it goes before a shared one.
        return {
            **{other.code: other.partner_id.id for other in merged},
            **{partner.supplier_code: partner.id for partner in partners},
        }

    def _prepare_supplier_vals(self, code, name, company):
        return {
            "name": name or code,
            "supplier_code": code,
            "company_id": company.id,
            "is_company": True,
        }
