from odoo import fields, models

from odoo.addons.rural_bulk.fields import CodeChar


class RuralSupplierCode(models.Model):
    """Another code under which files name a supplier: that of a contact that was merged into it."""

    _name = "rural.supplier.code"
    _description = "Further Supplier Code"
    _rec_name = "code"
    _order = "code, id"

    code = CodeChar(required=True)
    partner_id = fields.Many2one("res.partner", "Supplier", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", index=True)

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another supplier has this further supplier code already."
    )
