from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(selection_add=[("pool", "Product Pool")], ondelete={"pool": "cascade"})
