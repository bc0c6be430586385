from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.rural_base import china_time

from .rural_board import ALL, MOST

DAYS = "rural_station_ledger.action_station_day"
MISSING = "rural_station_ledger.action_station_day_missing"
RANKINGS = "rural_station_ledger.action_station_ranking"
PUBLISH = "rural_station_ledger.action_station_ranking_publish"
PROPOSALS = "rural_station_ledger.action_station_elimination"
TO_LOOK_AT = "rural_station_ledger.action_station_entry_to_look_at"
CLOSING_DAYS = "rural_station.action_station_closing_day"
MANAGER = "rural_base.group_operations_manager"
#: Parts of the chart of reports, by state of the day, with their color.
REPORTS = {"on_time": "good", "late": "warn", "missing": "rest"}


class RuralBoardStation(models.AbstractModel):
    """The stations' board: today's reports, the ranking and what to do next (ST-05, ST-07)."""

    _name = "rural.board.station"
    _inherit = "rural.board"
    _description = "Stations' Board"
    _groups = ("rural_base.group_operations",)

    @api.model
    def read_board(self, year=None, macro_region_id=None):
        """Return the content of the board: of today, for all areas or one, which takes the macro-region's place."""
        self._check_may_read()
        areas = {ALL: self.env._("All Areas")}
        areas |= {area.id: area.name for area in self.env["rural.station.area"].search([("station_ids", "!=", False)])}
        chosen = macro_region_id if macro_region_id in areas else ALL
        today = china_time.today()
        within = Domain("area_id", "=", chosen) if chosen != ALL else Domain.TRUE
        return {
            "filters": {
                "year": today.year,
                "years": [today.year],
                "macro_region_id": chosen,
                "macro_regions": [{"id": area, "name": name} for area, name in areas.items()],
            },
            "currency_id": self.env.company.currency_id.id,
            "figures": [
                *self._report_figures(within, today),
                self._ranking_figure(today),
                self._proposals_figure(within),
                self._to_do_figure(
                    self.env._("Closing Days to Decide"), CLOSING_DAYS, "rural.station.closing.day",
                    Domain("state", "=", "requested"),
                ),
                self._to_do_figure(
                    self.env._("Ledger Entries to Look At"), TO_LOOK_AT, "rural.station.entry",
                    Domain("hint", "=", "possible_double"),
                ),
            ],
            "panels": [
                self._waiting_panel(within),
                self._proposals_panel(within),
                self._reports_panel(within, today),
            ],
        }  # fmt: skip

    # ------------------------------------------------------------------
    # Daily reports (ST-05)
    # ------------------------------------------------------------------

    def _report_figures(self, within, today):
        days = self.env["rural.station.day"]
        of_today = within & Domain("day", "=", today)
        counts = dict(days._read_group(of_today, ["state"], ["__count"]))
        due = sum(counts.get(state, 0) for state in ("on_time", "late", "waiting"))
        month = within & Domain("day", ">=", today.replace(day=1)) & Domain("state", "=", "missing")
        missing = days.search_count(month)
        waiting = of_today & Domain("state", "=", "waiting")
        return [
            {
                "label": self.env._("Reports of Today"),
                "value": counts.get("on_time", 0),
                "type": "count",
                "hint": self.env._("of %s that are due", due) if due else self.env._("no report is due today"),
                "action": self._open(DAYS, of_today),
            },
            {
                "label": self.env._("Not Yet Reported"),
                "value": counts.get("waiting", 0),
                "type": "count",
                "hint": self.env._("until midnight they are on time"),
                "tone": "warn" if counts.get("waiting") else "good",
                "action": self._open(MISSING, waiting),
            },
            {
                "label": self.env._("Missing This Month"),
                "value": missing,
                "type": "count",
                "tone": "bad" if missing else "good",
                "action": self._open(MISSING, month),
            },
        ]

    def _reports_panel(self, within, today):
        """Return the chart of the last two weeks' reports."""
        first = today - timedelta(days=13)
        span = within & Domain("day", ">=", first)
        rows = self.env["rural.station.day"]._read_group(span, ["day:day", "state"], ["__count"])
        counts = {(day, state): count for day, state, count in rows}
        days = [first + timedelta(days=number) for number in range(14)]
        days = [day for day in days if any(counts.get((day, state)) for state in REPORTS)]
        return {
            "name": "reports",
            "title": self.env._("Daily Reports of the Last Two Weeks"),
            "wide": True,
            "chart": "bar",
            "type": "count",
            "labels": [format_date(self.env, day, date_format="MM-dd") for day in days],
            "empty": self.env._("No report was due."),
            "series": [
                {
                    "label": self._label("rural.station.day", "state", state),
                    "values": [counts.get((day, state), 0) for day in days],
                    "color": color,
                }
                for state, color in REPORTS.items()
            ],
            "action": self._open(DAYS, Domain.TRUE),
            "domains": [
                [list(within & Domain("day", "=", day) & Domain("state", "=", state)) for day in days]
                for state in REPORTS
            ],
        }

    def _waiting_panel(self, within):
        """Return who has not reported today, to be called."""
        domain = within & Domain("state", "=", "waiting")
        days = self.env["rural.station.day"].search(domain, order="station_id", limit=MOST)
        return {
            "name": "waiting",
            "title": self.env._("Who Has Not Reported Today"),
            "columns": [
                {"name": "station", "label": self.env._("Station"), "type": "text"},
                {"name": "area", "label": self.env._("Area"), "type": "text"},
                {"name": "partner", "label": self.env._("Station Partner"), "type": "text"},
                {"name": "phone", "label": self.env._("Telephone"), "type": "text"},
            ],
            "rows": [
                {
                    "station": day.station_id.name,
                    "area": day.area_id.name or "",
                    "partner": day.partner_id.name or "",
                    "phone": day.phone or "",
                    "action": self._open_record(day.station_id),
                }
                for day in days
            ],
            "more": self._open(MISSING, domain),
            "empty": self.env._("Every station has reported, or none has to."),
        }

    # ------------------------------------------------------------------
    # Ranking and proposals (ST-07)
    # ------------------------------------------------------------------

    def _ranking_figure(self, today):
        """Return last month's ranking, or that it is to be published."""
        month = today.replace(day=1) - relativedelta(months=1)
        domain = Domain("month", "=", month) & Domain("state", "=", "published")
        ranking = self.env["rural.station.ranking"].search(
            domain & Domain("company_id", "=", self.env.company.id), limit=1
        )
        figure = {"label": self.env._("Ranking of %s", f"{month:%Y-%m}"), "type": "amount" if ranking else "count"}
        if ranking:
            published = self._day(china_time.to_china(ranking.published_at).date())["value"]
            hint = self.env._("edition %(edition)s, published %(day)s", edition=ranking.edition, day=published)
            return {**figure, "value": ranking.turnover, "hint": hint, "action": self._open_record(ranking)}
        if self.env.user.has_group(MANAGER):
            hint = self.env._("not published: load the files of the month, then publish")
            action = self.env["ir.actions.act_window"]._for_xml_id(PUBLISH)
        else:
            hint = self.env._("not published: load the files of the month; a manager publishes")
            action = self._open(RANKINGS, Domain.TRUE)
        return {**figure, "value": None, "hint": hint, "tone": "warn", "action": action}

    def _proposals_domain(self, within):
        return within & Domain("state", "=", "proposed")

    def _proposals_figure(self, within):
        domain = self._proposals_domain(within)
        count = self.env["rural.station.elimination"].search_count(domain)
        return {
            "label": self.env._("Proposed for Elimination"),
            "value": count,
            "type": "count",
            "hint": self.env._("last three months in a row"),
            "tone": "bad" if count else "good",
            "action": self._open(PROPOSALS, domain),
        }

    def _proposals_panel(self, within):
        domain = self._proposals_domain(within)
        proposals = self.env["rural.station.elimination"].search(domain, order="last_month desc", limit=MOST)
        turnovers = [f"turnover_{number}" for number in (1, 2, 3)]
        labels = [self.env._("First Month"), self.env._("Second Month"), self.env._("Third Month")]
        return {
            "name": "proposals",
            "title": self.env._("Proposals for Elimination"),
            "columns": [
                {"name": "station", "label": self.env._("Station"), "type": "text"},
                {"name": "month", "label": self.env._("Until"), "type": "text"},
                *(
                    {"name": name, "label": label, "type": "amount"}
                    for name, label in zip(turnovers, labels, strict=True)
                ),
            ],
            "rows": [
                {
                    "station": proposal.station_id.name,
                    "month": f"{proposal.last_month:%Y-%m}",
                    **{name: proposal[name] for name in turnovers},
                    "action": self._open_record(proposal),
                }
                for proposal in proposals
            ],
            "more": self._open(PROPOSALS, domain),
            "empty": self.env._("No station was last three months in a row."),
        }

    def _to_do_figure(self, label, action, model, domain):
        count = self.env[model].search_count(domain)
        return {
            "label": label,
            "value": count,
            "type": "count",
            "tone": "warn" if count else "good",
            "action": self._open(action, domain),
        }
