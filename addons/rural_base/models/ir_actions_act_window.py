from odoo import models


class IrActionsActWindow(models.Model):
    _inherit = "ir.actions.act_window"

    def _get_readable_fields(self):
        """Let an action say whether its views may show rows of a sample, which the web client knows."""
        return super()._get_readable_fields() | {"useSampleModel"}
