from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(
        selection_add=[
            ("station_platform", "Platform Entries of Stations"),
            ("station_ledger", "Ledgers of Stations"),
            ("station_reports", "Daily Reports of Stations"),
        ],
        ondelete={"station_platform": "cascade", "station_ledger": "cascade", "station_reports": "cascade"},
    )
