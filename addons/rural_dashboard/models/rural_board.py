from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.misc import format_date, formatLang

from odoo.addons.rural_base import china_time
from odoo.addons.rural_service_order.eligibility import EARNING

from .rural_turnover import CODINGS

#: Rows of a board's table, bars of a ranking: the rest is one click away.
MOST = 10
#: Choices of places beside a single macro-region.
ALL, MINE = 0, -1


@dataclass(frozen=True)
class Scope:
    """What a board is about: a year, and macro-regions or, empty, all places."""

    year: int
    macro_regions: models.BaseModel

    @property
    def days(self):
        """The first and the last day of the year."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def within(self, field_name):
        """The domain of what lies in the year by a date field."""
        first, last = self.days
        return Domain(field_name, ">=", first) & Domain(field_name, "<=", last)

    def places(self, field_name):
        """The domain of what lies in the macro-regions by a region field."""
        if not self.macro_regions:
            return Domain.TRUE
        return Domain(field_name, "child_of", self.macro_regions.region_ids.ids)


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


CENTERS = "rural_service_center.action_service_center"
DEPOSITS = "rural_deposit.action_deposit_due"


class RuralBoard(models.AbstractModel):
    """A board: figures and panels for the eyes of one role, each a click away from its records.

    A concrete board says who may read it and gathers its content. What it gives is plain values; the client
    draws them without knowing what they mean:

    - a figure: `label`, `value` and its `type` (amount, count, share), `hint`, `tone`, `action`;
    - a chart: `labels`, `series` (label, values, type, `line` on the right axis, `color`), `horizontal`,
      and an `action` whose domain is that of the point in `domains` (series by label);
    - a table: `columns` (name, label, type) and `rows` (values by name, and the `action` of the row).

    All of it is read with the rights of the reader. What they may not read at all is left out.
    """

    _name = "rural.board"
    _description = "Board"

    #: who may read it: XML ids of groups
    _groups = ()

    @api.model
    def read_board(self, year=None, macro_region_id=None):
        """Return the content of the board, with the choices of its filters.

        :param int year: the present year, or the last one with orders, when not given
        :param int macro_region_id: or ALL or MINE; as the board sees fit when not given
        :raises AccessError: for who is in none of its groups
        """
        self._check_may_read()
        years, places = self._years(), self._places()
        chosen = macro_region_id if macro_region_id in places else self._usual_place(places)
        scope = Scope(year if year in years else self._usual_year(years), places[chosen][1])
        return {
            "filters": {
                "year": scope.year,
                "years": years,
                "macro_region_id": chosen,
                "macro_regions": [{"id": place, "name": name} for place, (name, _regions) in places.items()],
            },
            "currency_id": self.env.company.currency_id.id,
            **{name: list(filter(None, blocks)) for name, blocks in self._content(scope).items()},
        }

    @api.model
    def _content(self, scope):
        """Hook: return the figures at the top and the panels below, in their order; None is left out."""
        return {"figures": [], "panels": []}

    @api.model
    def _places(self):
        """Return the places that can be chosen: dict of id → (name, macro-regions)."""
        macro_regions = self.env["rural.macro.region"].search([("region_ids", "!=", False)])
        mine = macro_regions.filtered(lambda region: region.manager_id == self.env.user)
        places = {ALL: (self.env._("All Macro-regions"), macro_regions.browse())}
        if mine:
            places[MINE] = (self.env._("My Macro-regions"), mine)
        return places | {region.id: (region.name, region) for region in macro_regions}

    @api.model
    def _usual_place(self, places):
        """Hook: return the place that the reader sees first."""
        return ALL

    def _check_may_read(self):
        if not any(self.env.user.has_group(group) for group in self._groups):
            raise AccessError(self.env._("This board is not for your role."))

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    @api.model
    def _years(self):
        """Return the years that can be chosen, the latest first."""
        first, last = self.env["rural.turnover"]._first_and_last_month()
        present = china_time.today().year
        return list(range(max(present, last.year if last else 0), (first.year if first else present) - 1, -1))

    @api.model
    def _usual_year(self, years):
        _first, last = self.env["rural.turnover"]._first_and_last_month()
        return min(china_time.today().year, last.year) if last else years[0]

    # ------------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------------

    def _may_see(self, *model_names):
        return all(self.env[name].has_access("read") for name in model_names)

    def _open(self, xml_id, domain, name=None):
        """Return the action that shows records as its menu does, by another domain."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "domain": list(domain), "context": {}, **({"name": name} if name else {})}

    def _open_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _day(self, day, late=False):
        """Return the cell of a day, or of none."""
        return {"value": format_date(self.env, day) if day else "", "tone": "bad" if late else ""}

    def _amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.env.company.currency_id)

    def _label(self, model_name, field_name, value):
        """Return a choice of a selection as the reader calls it."""
        selection = self.env[model_name]._fields[field_name]._description_selection(self.env)
        return dict(selection).get(value, value)

    # ------------------------------------------------------------------
    # Turnover by month and by region (SC-10, SC-16)
    # ------------------------------------------------------------------

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
            "more": self._open("rural_dashboard.action_turnover_by_region", self._turnover_domain(scope, scope.year)),
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

    # ------------------------------------------------------------------
    # Centers and their deposits (SC-05, SC-07, DP-01)
    # ------------------------------------------------------------------

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
