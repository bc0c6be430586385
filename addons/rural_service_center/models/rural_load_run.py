from odoo import fields, models


class RuralLoadRun(models.Model):
    _inherit = "rural.load.run"

    profile = fields.Selection(
        selection_add=[("centers", "Service Centers"), ("reports", "Cross-Region Reports")],
        ondelete={"centers": "cascade", "reports": "cascade"},
    )
