from odoo import fields, models


class RuralQualityStandard(models.Model):
    """One of the standards that a product of the pool meets: price, quality, and so on (SC-09)."""

    _name = "rural.quality.standard"
    _description = "Standard of the Product Pool"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    question = fields.Char(translate=True, help="What the screener looks at.")
