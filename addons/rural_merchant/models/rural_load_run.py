from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(
        selection_add=[("merchants", "Prospective Merchants")], ondelete={"merchants": "cascade"}
    )
