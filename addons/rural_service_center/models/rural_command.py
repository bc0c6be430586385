from odoo import models


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        confirm = subparsers.add_parser(
            "confirm", help="confirm what files have brought, as the manager that --user names"
        )
        confirm.add_argument("what", choices=("centers", "reports"))
        confirm.set_defaults(run=self._run_confirm)
        return result

    def _run_confirm(self, arguments):
        """Confirm all take-overs that wait, as a manager who did not load them; (their number, 0)."""
        if arguments.what == "centers":
            waiting = self.env["rural.center.take.over"].search([("state", "=", "requested")])
            waiting.action_confirm()
        else:
            waiting = self.env["rural.cross.region.report"].search([("awaits_confirmation", "=", True)])
            if waiting:
                waiting.action_confirm_take_over()
        return {"confirmed": len(waiting)}, 0
