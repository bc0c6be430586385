from datetime import date

from odoo import models
from odoo.exceptions import UserError


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        publish = subparsers.add_parser("rank", help="publish the ranking of stations of a month, as --user names")
        publish.add_argument("--month", required=True, help="such as 2026-03")
        publish.set_defaults(run=self._run_rank)
        return result

    def _run_rank(self, arguments):
        """Publish a month's ranking and new editions of others; (their numbers and the proposals, 0)."""
        try:
            month = date.fromisoformat(f"{arguments.month}-01")
        except ValueError as error:
            raise UserError(self.env._("“%s” is no month such as 2026-03.", arguments.month)) from error
        editions = self.env["rural.station.ranking"]._publish(self.env.company, month)
        proposed = self.env["rural.station.elimination"].search_count(
            [("company_id", "=", self.env.company.id), ("state", "=", "proposed")]
        )
        return {"published": editions.mapped("display_name"), "proposed": proposed}, 0
