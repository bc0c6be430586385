from odoo import models


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        confirm = subparsers.add_parser(
            "confirm", help="confirm what files have brought, as the manager that --user names"
        )
        confirm.add_argument("what", choices=("centers", "reports"))
        confirm.add_argument("--reason", metavar="TEXT", help="why regions get a second center; without it these wait")
        confirm.set_defaults(run=self._run_confirm)
        return result

    def _run_confirm(self, arguments):
        """Confirm all take-overs that wait, as a manager who did not load them; (numbers, 1 when some still wait)."""
        if arguments.what == "centers":
            waiting = self.env["rural.center.take.over"].search([("state", "=", "requested")])
            second = waiting._second_centers()
            if second and arguments.reason:
                waiting._confirm_second(arguments.reason)
            else:
                (waiting - second)._decide("confirmed")
                waiting -= second
                if second:
                    return {"confirmed": len(waiting), "second_centers": second.mapped("display_name")}, 1
        else:
            waiting = self.env["rural.cross.region.report"].search([("awaits_confirmation", "=", True)])
            if waiting:
                waiting.action_confirm_take_over()
        return {"confirmed": len(waiting)}, 0
