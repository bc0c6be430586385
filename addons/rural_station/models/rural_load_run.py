from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(
        selection_add=[("stations", "Stations"), ("closing_days", "Closing Days of Stations")],
        ondelete={"stations": "cascade", "closing_days": "cascade"},
    )
