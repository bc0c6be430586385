from odoo import models


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _confirming(self):
        return {**super()._confirming(), "pool": self._confirm_pool}

    def _confirm_pool(self, arguments):
        """Confirm the versions of days that are over, as a manager who did not enter them (SC-08)."""
        waiting = self.env["rural.pool.entry"].search([("state", "=", "requested")])
        waiting.action_confirm()
        return {"confirmed": len(waiting)}, 0
