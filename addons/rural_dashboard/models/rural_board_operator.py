from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from .rural_board import LINES, LINES_OF_CODING, MOST

STATEMENTS = "rural_settlement.action_statement"
STATEMENT_COLORS = {"draft": "rest", "confirmed": "warn", "posted": "main", "paid": "good"}


class RuralBoardOperator(models.AbstractModel):
    """The operator's board: where the turnover comes from, what is paid for it, what needs a look (SC-10 to SC-14)."""

    _name = "rural.board.operator"
    _inherit = "rural.board"
    _description = "Operator's Board"
    _groups = ("rural_base.group_operations", "rural_base.group_settlement_officer", "account.group_account_readonly")

    @api.model
    def _content(self, scope):
        monthly, regional = self._monthly_turnover(scope), self._regional_turnover(scope)
        return {
            "figures": [
                *self._turnover_figures(scope, monthly),
                self._exceptions_figure(scope),
                self._statements_figure(scope),
                self._deposits_figure(scope),
                self._centers_figure(scope),
            ],
            "panels": [
                self._turnover_by_month(scope, monthly),
                self._turnover_by_region(scope, regional),
                self._statements_by_state(scope),
                self._exceptions_by_reason(scope),
                self._market_share(scope, regional),
                self._deposits_short(scope),
            ],
        }

    # ------------------------------------------------------------------
    # Exceptions (SC-12)
    # ------------------------------------------------------------------

    def _exceptions_domain(self, scope):
        return Domain("is_exception", "=", True) & self._lines_domain(scope)

    def _exceptions_figure(self, scope):
        domain = self._exceptions_domain(scope)
        [(count, amount)] = self.env["rural.order.line"]._read_group(domain, [], ["__count", "net_amount:sum"])
        return {
            "label": self.env._("Exceptions"),
            "value": count,
            "type": "count",
            "hint": self.env._("%s without a fee", self._amount(amount)),
            "tone": "warn" if count else "good",
            "action": self._open(LINES, domain, self.env._("Exceptions")),
        }

    def _exceptions_by_reason(self, scope):
        domain = self._exceptions_domain(scope)
        rows = self.env["rural.order.line"]._read_group(domain, ["outcome"], ["__count"], order="__count desc")
        return {
            "name": "exceptions",
            "title": self.env._("Exceptions by Reason"),
            "chart": "doughnut",
            "type": "count",
            "labels": [self._label("rural.order.line", "outcome", outcome) for outcome, _count in rows],
            "series": [{"label": self.env._("Order Lines"), "values": [count for _outcome, count in rows]}],
            "empty": self.env._("Every line with a code has found its center."),
            "action": self._open(LINES, domain, self.env._("Exceptions")),
            "domains": [[list(domain & Domain("outcome", "=", outcome)) for outcome, _count in rows]],
        }

    # ------------------------------------------------------------------
    # Statements (SC-13, SC-14)
    # ------------------------------------------------------------------

    def _statements_domain(self, scope):
        return Domain("state", "!=", "cancelled") & scope.within("month") & scope.places("center_id.region_id")

    def _statements_figure(self, scope):
        if not self._may_see("rural.statement"):
            return None
        domain = self._statements_domain(scope) & Domain("state", "in", ("draft", "confirmed", "posted"))
        [(count, fees)] = self.env["rural.statement"]._read_group(domain, [], ["__count", "fee:sum"])
        return {
            "label": self.env._("Statements Not Yet Paid"),
            "value": count,
            "type": "count",
            "hint": self.env._("%s in fees", self._amount(fees)),
            "action": self._open(STATEMENTS, domain),
        }

    def _statements_by_state(self, scope):
        if not self._may_see("rural.statement"):
            return None
        domain = self._statements_domain(scope)
        rows = self.env["rural.statement"]._read_group(domain, ["month:month", "state"], ["fee:sum"])
        fees = {(month.month, state): fee for month, state, fee in rows}
        months = [scope.days[0].replace(month=month) for month in range(1, 13)]
        return {
            "name": "statements",
            "title": self.env._("Fees of Statements by State"),
            "chart": "bar",
            "type": "amount",
            "labels": [format_date(self.env, month, date_format="MMM") for month in months if fees],
            "empty": self.env._("No statement has been prepared for this year."),
            "series": [
                {
                    "label": self._label("rural.statement", "state", state),
                    "values": [fees.get((month.month, state), 0.0) for month in months],
                    "color": color,
                }
                for state, color in STATEMENT_COLORS.items()
            ],
            "action": self._open(STATEMENTS, domain),
            "domains": [
                [list(domain & Domain("month", "=", month) & Domain("state", "=", state)) for month in months]
                for state in STATEMENT_COLORS
            ],
        }

    # ------------------------------------------------------------------
    # Market share (SC-16)
    # ------------------------------------------------------------------

    def _market_share(self, scope, regional):
        """Return the centers that bring most, with what their orders are of the turnover of their regions."""
        domain = self._turnover_domain(scope, scope.year)
        earned = self.env["rural.turnover"]._read_group(
            domain & Domain("coding", "=", "earning") & Domain("center_id", "!=", False),
            ["center_id"],
            ["turnover:sum", "fee:sum", "__count"],
            order="turnover:sum desc",
            limit=MOST,
        )
        rows = []
        for center, revenue, fee, count in earned:
            of_region = sum(regional[center.region_id.id].values())
            lines = self._lines_domain(scope) & LINES_OF_CODING["earning"] & Domain("center_id", "=", center.id)
            rows.append(
                {
                    "center": center.name,
                    "lines": count,
                    "revenue": revenue,
                    "fee": fee,
                    "share": {"value": revenue / of_region if of_region else 0},
                    "action": self._open(LINES, lines, center.display_name),
                }
            )
        return {
            "name": "market_share",
            "title": self.env._("Centers and Their Share of the Market"),
            "columns": [
                {"name": "center", "label": self.env._("Service Center"), "type": "text"},
                {"name": "lines", "label": self.env._("Lines"), "type": "count"},
                {"name": "revenue", "label": self.env._("Market Revenue"), "type": "amount"},
                {"name": "fee", "label": self.env._("Service Fee"), "type": "amount"},
                {"name": "share", "label": self.env._("Share of Its Region"), "type": "progress"},
            ],
            "rows": rows,
            "more": self._open("rural_dashboard.action_turnover_by_center", domain),
            "empty": self.env._("No center has earned a fee yet."),
        }
