from odoo import api, models
from odoo.fields import Domain

from .rural_board import MOST

CENTERS = "rural_service_center.action_rural_service_center"
DEPOSITS = "rural_deposit.action_rural_deposit_due"


class RuralBoard(models.AbstractModel):
    """The centers and their deposits, which every board shows of its own places (SC-05, SC-07, DP-01)."""

    _inherit = "rural.board"

    @api.model
    def _centers_figure(self, scope):
        """Return how many centers are active today."""
        domain = scope.places("region_id")
        centers = self.env["rural.service.center"]
        active = domain & Domain("state", "=", "active")
        return {
            "label": self.env._("Active Centers"),
            "value": centers.search_count(active),
            "type": "count",
            "hint": self.env._(
                "%(suspended)s suspended, %(draft)s not yet authorised",
                suspended=centers.search_count(domain & Domain("state", "=", "suspended")),
                draft=centers.search_count(domain & Domain("state", "=", "draft")),
            ),
            "action": self._open(CENTERS, active),
        }

    def _deposits_domain(self, scope):
        short = Domain("state", "in", ("unpaid", "short"))
        return short & (scope.places("center_id.region_id") if scope.macro_regions else Domain.TRUE)

    @api.model
    def _deposits_figure(self, scope):
        """Return how many deposits are below what is due, for who may see deposits."""
        if not self._may_see("rural.deposit"):
            return None
        domain = self._deposits_domain(scope)
        [(count, missing)] = self.env["rural.deposit"]._read_group(domain, [], ["__count", "shortfall:sum"])
        return {
            "label": self.env._("Deposits Below Due"),
            "value": count,
            "type": "count",
            "hint": self.env._("%s missing", self._amount(missing)),
            "tone": "bad" if count else "good",
            "action": self._open(DEPOSITS, domain),
        }

    @api.model
    def _deposits_short(self, scope):
        """Return the deposits that most is missing of, for who may see deposits."""
        if not self._may_see("rural.deposit"):
            return None
        domain = self._deposits_domain(scope)
        deposits = self.env["rural.deposit"].search(domain, order="shortfall desc, id", limit=MOST)
        return {
            "name": "deposits",
            "title": self.env._("Deposits Below Due"),
            "columns": [
                {"name": "party", "label": self.env._("Party"), "type": "text"},
                {"name": "due", "label": self.env._("Due Amount"), "type": "amount"},
                {"name": "balance", "label": self.env._("Balance"), "type": "amount"},
                {"name": "shortfall", "label": self.env._("Missing"), "type": "amount"},
            ],
            "rows": [
                {
                    "party": deposit.partner_id.display_name,
                    "due": deposit.due_amount,
                    "balance": deposit.balance,
                    "shortfall": deposit.shortfall,
                    "action": self._open_record(deposit),
                }
                for deposit in deposits
            ],
            "more": self._open(DEPOSITS, domain),
            "empty": self.env._("Every deposit is paid in full."),
        }
