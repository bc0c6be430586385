from odoo import fields, models


class RuralMerchantType(models.Model):
    """A type of merchants with its standard rates (MA-02)."""

    _name = "rural.merchant.type"
    _description = "Type of Merchants"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    has_first_class = fields.Boolean(
        "Large or Chain Stores Are First Class", help="Supermarkets and malls: the large and chain ones are class 1."
    )
    rate_ids = fields.One2many("rural.merchant.type.rate", "type_id", "Standard Rates")

    _code_unique = models.Constraint("UNIQUE (code)", "There is a type with this code already.")
