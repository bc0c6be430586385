from odoo import models


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _confirming(self):
        return {**super()._confirming(), "centers": self._confirm_centers, "reports": self._confirm_reports}

    def _add_confirm_arguments(self, parser):
        result = super()._add_confirm_arguments(parser)
        parser.add_argument("--reason", metavar="TEXT", help="why regions get a second center; without it these wait")
        return result

    def _confirm_centers(self, arguments):
        """Confirm the take-overs that wait; (numbers, 1 when second centers of a region still wait)."""
        waiting = self.env["rural.center.take.over"].search([("state", "=", "requested")])
        second = waiting._second_centers()
        if second and arguments.reason:
            waiting._confirm_second(arguments.reason)
            return {"confirmed": len(waiting)}, 0
        (waiting - second)._decide("confirmed")
        confirmed = {"confirmed": len(waiting - second)}
        return ({**confirmed, "second_centers": second.mapped("display_name")}, 1) if second else (confirmed, 0)

    def _confirm_reports(self, arguments):
        """Confirm the reports that wait."""
        waiting = self.env["rural.cross.region.report"].search([("awaits_confirmation", "=", True)])
        if waiting:
            waiting.action_confirm_take_over()
        return {"confirmed": len(waiting)}, 0
