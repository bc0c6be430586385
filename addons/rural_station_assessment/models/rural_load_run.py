from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(
        selection_add=[("station_inspections", "Inspections of Stations")],
        ondelete={"station_inspections": "cascade"},
    )
