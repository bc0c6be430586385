from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.rural_service_order.eligibility import EARNING

from .rural_board import MOST
from .rural_turnover import CODINGS

LINES = "rural_service_order.action_order_line"
#: The order lines behind each part of the turnover.
LINES_OF_CODING = {
    "earning": Domain("outcome", "in", EARNING),
    "coded": Domain("is_exception", "=", True),
    "no_code": Domain("outcome", "=", "no_code"),
}
#: From above; what lies in a township counts for its county.
LEVELS = ("province", "city", "county")
COLORS = {"earning": "good", "coded": "warn", "no_code": "rest"}


class RuralBoard(models.AbstractModel):
    """Turnover by month and by region, which every board shows of its own places (SC-10, SC-16)."""

    _inherit = "rural.board"

    @api.model
    def _turnover_domain(self, scope, *years):
        """Return the domain of the turnover of years, which the index on months serves."""
        return (
            Domain("completion_month", ">=", f"{min(years)}-01-01")
            & Domain("completion_month", "<=", f"{max(years)}-12-01")
            & scope.places("region_id")
        )

    @api.model
    def _monthly_turnover(self, scope):
        """Return turnover, fees and lines of the year and of the one before: (year, month, coding) → amounts."""
        rows = self.env["rural.turnover"]._read_group(
            self._turnover_domain(scope, scope.year - 1, scope.year),
            ["completion_month:month", "coding"],
            ["turnover:sum", "fee:sum", "__count"],
        )
        return {(month.year, month.month, coding): amounts for month, coding, *amounts in rows}

    @api.model
    def _regional_turnover(self, scope):
        """Return the year's turnover by region, each with all regions above it: region id → coding → amount."""
        rows = self.env["rural.turnover"]._read_group(
            self._turnover_domain(scope, scope.year), ["region_id", "coding"], ["turnover:sum"]
        )
        regional = defaultdict(lambda: defaultdict(float))
        for region, coding, amount in rows:
            for part in region.parent_path.rstrip("/").split("/"):
                regional[int(part)][coding] += amount
        return regional

    @api.model
    def _turnover_figures(self, scope, monthly):
        """Return the year's turnover, against the same months of the year before, and how it divides."""
        last_month = max((month for year, month, _coding in monthly if year == scope.year), default=0)
        total, coded, earning, fees = self._sums(monthly, scope.year, last_month)
        before = self._sums(monthly, scope.year - 1, last_month)[0]
        change = (total - before) / before if before else None
        lines = self._lines_domain(scope)
        earning_lines = self._open(LINES, lines & LINES_OF_CODING["earning"])
        return [
            {
                "label": self.env._("Turnover"),
                "value": total,
                "type": "amount",
                "hint": "" if change is None else self.env._("%+.1f%% on these months of last year", change * 100),
                "tone": "" if change is None else "good" if change >= 0 else "bad",
                "action": self._open(LINES, lines),
            },
            {
                "label": self.env._("With a Service Code"),
                "value": coded / total if total else 0,
                "type": "share",
                "hint": self.env._("%s of the turnover", self._amount(coded)),
                "action": self._open(LINES, lines & ~LINES_OF_CODING["no_code"]),
            },
            {
                "label": self.env._("Market Revenue"),
                "value": earning,
                "type": "amount",
                "hint": self.env._("%.1f%% of the turnover earns a fee", earning / total * 100 if total else 0),
                "action": earning_lines,
            },
            {"label": self.env._("Service Fees"), "value": fees, "type": "amount", "action": earning_lines},
        ]

    def _sums(self, monthly, year, last_month):
        """Return turnover, turnover with a code, market revenue and fees of a year up to a month."""
        total = coded = earning = fees = 0.0
        for (of_year, month, coding), (turnover, fee, _count) in monthly.items():
            if of_year == year and month <= last_month:
                total += turnover
                coded += turnover if coding != "no_code" else 0
                earning += turnover if coding == "earning" else 0
                fees += fee
        return total, coded, earning, fees

    @api.model
    def _turnover_by_month(self, scope, monthly):
        """Return the chart of the months: how the turnover divides, and the share with a code as a line."""
        months = [scope.days[0].replace(month=month) for month in range(1, 13)]
        parts = {
            coding: [monthly.get((scope.year, month.month, coding), (0.0,))[0] for month in months]
            for coding, _label in CODINGS
        }
        totals = [sum(amounts) for amounts in zip(*parts.values(), strict=True)]
        shares = [
            round(1 - rest / total, 4) if total else None for rest, total in zip(parts["no_code"], totals, strict=True)
        ]
        return {
            "name": "turnover_by_month",
            "title": self.env._("Turnover by Month"),
            "chart": "bar",
            "type": "amount",
            "labels": [format_date(self.env, month, date_format="MMM") for month in months if any(totals)],
            "empty": self.env._("Nothing has been completed in this year."),
            "series": [
                {"label": label, "values": parts[coding], "color": COLORS[coding]} for coding, label in self._codings()
            ]
            + [{"label": self.env._("Share With a Code"), "values": shares, "type": "share", "line": True}],
            "action": self._open(LINES, Domain.TRUE),
            "domains": [
                [
                    list(self._lines_domain(scope, months=(month, month)) & LINES_OF_CODING.get(coding, Domain.TRUE))
                    for month in months
                ]
                for coding in (*parts, None)
            ],
        }

    @api.model
    def _turnover_by_region(self, scope, regional):
        """Return the ranking of the regions: provinces, or cities or counties where there is but one above."""
        level, ranking = self._ranking(regional)
        ranking = ranking[:MOST]
        return {
            "name": "turnover_by_region",
            "title": self.env._("Turnover by %s", level),
            "chart": "bar",
            "type": "amount",
            "horizontal": True,
            "labels": ranking.mapped("name"),
            "empty": self.env._("Nothing has been completed in this year."),
            "series": [
                {
                    "label": label,
                    "values": [regional[region.id][coding] for region in ranking],
                    "color": COLORS[coding],
                }
                for coding, label in self._codings()
            ],
            "action": self._open(LINES, Domain.TRUE),
            "domains": [
                [
                    list(self._lines_domain(scope) & domain & Domain("region_id", "child_of", region.id))
                    for region in ranking
                ]
                for domain in LINES_OF_CODING.values()
            ],
            "more": self._open(
                "rural_dashboard.action_rural_turnover_by_region", self._turnover_domain(scope, scope.year)
            ),
        }

    def _ranking(self, regional):
        # The highest level on which there is something to compare, and its regions, the greatest turnover first.
        regions = self.env["rural.region"].browse(regional).grouped("level")
        level = next((level for level in LEVELS if len(regions.get(level, ())) > 1), LEVELS[-1])
        ranking = regions.get(level, self.env["rural.region"])
        ranking = ranking.sorted(lambda region: -sum(regional[region.id].values()))
        return self._label("rural.region", "level", level), ranking

    def _codings(self):
        return self.env["rural.turnover"]._fields["coding"]._description_selection(self.env)

    def _lines_domain(self, scope, months=None):
        first, last = months or scope.days
        return (
            Domain("state", "=", "completed")
            & Domain("completion_month", ">=", first)
            & Domain("completion_month", "<=", last)
            & scope.places("region_id")
        )
