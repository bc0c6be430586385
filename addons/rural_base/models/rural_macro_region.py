from odoo import fields, models


class RuralMacroRegion(models.Model):
    """A group of provinces that one area manager looks after (大区, SC-03)."""

    _name = "rural.macro.region"
    _description = "Macro-region"
    _inherit = ["mail.thread"]
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    manager_id = fields.Many2one(
        "res.users",
        string="Area Manager",
        domain=[("share", "=", False)],
        tracking=True,
        help="Reviews the applications and the cross-region reports of these provinces.",
    )
    region_ids = fields.One2many("rural.region", "macro_region_id", string="Provinces")

    _name_unique = models.UniqueIndex("(name) WHERE active", "There is a macro-region with this name already.")
