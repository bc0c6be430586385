from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

PUBLISHERS = ("rural_base.group_operations_manager",)


class RuralStationRanking(models.Model):
    """The turnover of all stations in a month, as it was published (ST-07).

    A turnover that changes afterwards makes a new edition; the former one stays as it was.
    """

    _name = "rural.station.ranking"
    _description = "Ranking of Stations"
    _inherit = ["rural.step.mixin", "rural.month.mixin", "mail.thread"]
    _order = "month desc, edition desc"
    _deletable_states = ()
    _editable_states = ()

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    edition = fields.Integer(required=True, readonly=True, aggregator=None)
    after_month = fields.Date(
        "After the Files Of", required=True, readonly=True, help="First day of the month whose files had been loaded."
    )
    state = fields.Selection(
        [("published", "Published"), ("replaced", "Replaced by a Later Edition")],
        required=True,
        readonly=True,
        default="published",
        tracking=True,
    )
    published_at = fields.Datetime("Published On", readonly=True)
    published_by_id = fields.Many2one("res.users", readonly=True)
    line_ids = fields.One2many("rural.station.ranking.line", "ranking_id", "Stations", readonly=True)
    changed_line_ids = fields.One2many(
        "rural.station.ranking.line", "ranking_id", "Changed", domain=[("is_changed", "=", True)], readonly=True
    )
    station_count = fields.Integer("Number of Stations", readonly=True)
    turnover = fields.Monetary(readonly=True)
    changed_count = fields.Integer("Changed Since the Edition Before", readonly=True)

    _edition_once = models.UniqueIndex("(company_id, month, edition)", "There is this edition already.")
    _latest_once = models.UniqueIndex("(company_id, month) WHERE state = 'published'", "One edition is the latest.")

    @api.depends("month", "edition")
    def _compute_display_name(self):
        for ranking in self:
            ranking.display_name = self.env._(
                "Ranking %(month)s, edition %(edition)s", month=ranking.month_name, edition=ranking.edition
            )

    # ------------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------------

    @api.model
    def _publish(self, company, month):
        """Publish the ranking of a month, and anew the published ones whose turnover has changed (ST-07).

        :param date month: its first day
        :return: the new editions
        :raises AccessError: without the role
        :raises UserError: before the month is over, or for whoever loaded what it rests on
        """
        self._check_group(*PUBLISHERS)
        self._check_did_not_load(company, month)
        if month + relativedelta(months=1) > china_time.today():
            raise UserError(self.env._("%s is not over yet. Publish its ranking afterwards.", f"{month:%Y-%m}"))
        in_month = self.env["rural.station"]._in_month_condition(company, month)
        if not self.env.execute_query(SQL("SELECT FROM rural_station AS station WHERE %s LIMIT 1", in_month)):
            raise UserError(self.env._("No station was open in %s: there is nothing to rank.", f"{month:%Y-%m}"))
        rankings = self.sudo().with_company(company)
        self.env["rural.station.entry"]._lock_entries(company)
        self.env.flush_all()
        latest = {ranking.month: ranking for ranking in rankings._latest(company)}
        new = rankings.browse()
        for each in sorted({month, *latest}):
            new += rankings._make_edition(company, each, latest.get(each, rankings.browse()), month)
        for other in set(new.mapped("month")) - {month}:
            self._check_did_not_load(company, other)
        self.env["rural.station.elimination"]._propose(company, month)
        return self.browse(new.ids)

    @api.model
    def _check_did_not_load(self, company, month):
        if self._is_system():
            return
        entries, steps = self.env["rural.station.entry"].sudo(), self.env["rural.station.entry.step"].sudo()
        of_month = Domain("company_id", "=", company.id) & Domain("month", "=", month)
        runs = entries._read_group(of_month, ["run_id"])
        own_steps = Domain("entry_id", "any", of_month) & Domain("done_by_id", "=", self.env.uid)
        loaders = self.env["rural.load.run"].sudo().union(*(run for (run,) in runs)).user_id
        if self.env.user in loaders or steps.search_count(own_steps, limit=1):
            raise UserError(
                self.env._(
                    "%(user)s has loaded or kept entries of %(month)s. Somebody else must publish the ranking.",
                    user=self.env.user.name,
                    month=f"{month:%Y-%m}",
                )
            )

    @api.model
    def _latest(self, company):
        """Return the latest editions of a company's rankings."""
        return self.search([("company_id", "=", company.id), ("state", "=", "published")], order="month")

    @api.model
    def _make_edition(self, company, month, latest, after_month):
        rows = self.env.execute_query_dict(self._rows_query(company, month))
        before = {line.station_id.id: (line.turnover, line.rank, line.is_last) for line in latest.line_ids}
        figures = {row["station_id"]: (float(row["turnover"]), row["rank"] or 0, row["is_last"]) for row in rows}
        changed = {station for station in figures.keys() | before.keys() if figures.get(station) != before.get(station)}
        if latest and not changed:
            return self.browse()
        latest.state = "replaced"
        latest.flush_recordset(["state"])
        ranking = self.create(
            {
                "company_id": company.id,
                "month": month,
                "edition": latest.edition + 1,
                "after_month": after_month,
                "published_at": fields.Datetime.now(),
                "published_by_id": self.env.uid,
                "station_count": len(rows),
                "turnover": sum(row["turnover"] for row in rows),
                "changed_count": len(changed) if latest else 0,
            }
        )
        self.env["rural.station.ranking.line"].create(
            [
                {**row, "ranking_id": ranking.id, "is_changed": bool(latest) and row["station_id"] in changed}
                for row in rows
            ]
        )
        return ranking

    # ------------------------------------------------------------------
    # What an edition changed
    # ------------------------------------------------------------------

    def _edition_before(self):
        """Return the edition that this one replaced, none for the first one."""
        self.ensure_one()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", "=", self.month),
                ("edition", "=", self.edition - 1),
            ]
        )

    def _changes(self) -> list[dict]:
        """Return what is other than in the edition before, by station (ST-07).

        Keys: `station`, and `line` and `before` (its line in this edition and in the one before, empty without one).
        """
        self.ensure_one()
        before = {line.station_id: line for line in self._edition_before().line_ids}
        if not before:
            return []
        lines = {line.station_id: line for line in self.line_ids}
        none = self.line_ids.browse()
        changed = [station for station, line in lines.items() if line.is_changed]
        gone = [station for station in before if station not in lines]
        return [
            {"station": station, "line": lines.get(station, none), "before": before.get(station, none)}
            for station in changed + gone
        ]

    @api.model
    def _rows_query(self, company, month) -> SQL:
        """Return the query of a month's ranking: station_id, turnover, unranked_reason, rank, is_last.

        Ranked is who was open on every day of the month; equal turnover is one rank, and the next is left out. All
        with the lowest one are last, unless all are equal.
        """
        return SQL(
            """
            WITH figures AS (
                SELECT station.id AS station_id, station.opened_on, station.closed_on,
                       COALESCE(sum(entry.turnover), 0) AS turnover,
                       station.opened_on <= %(first)s AND COALESCE(station.closed_on, 'infinity') >= %(last)s
                       AND NOT EXISTS (SELECT FROM rural_station_closure AS closure
                                        WHERE closure.station_id = station.id AND closure.valid_from <= %(last)s
                                              AND COALESCE(closure.valid_to, 'infinity') >= %(first)s) AS is_ranked
                  FROM rural_station AS station
             LEFT JOIN rural_station_entry AS entry
                    ON entry.station_id = station.id AND entry.outcome = 'counts' AND entry.month = %(first)s
                   AND entry.company_id = %(company)s
                 WHERE %(in_month)s
                 GROUP BY station.id
            )
            SELECT station_id, turnover,
                   CASE WHEN is_ranked THEN NULL WHEN opened_on > %(first)s THEN 'opened'
                        WHEN closed_on < %(last)s THEN 'closed' ELSE 'shut' END AS unranked_reason,
                   CASE WHEN is_ranked THEN rank() OVER (PARTITION BY is_ranked ORDER BY turnover DESC) END AS rank,
                   is_ranked AND turnover = min(turnover) OVER ranked
                   AND turnover < max(turnover) OVER ranked AS is_last
              FROM figures
            WINDOW ranked AS (PARTITION BY is_ranked)
             ORDER BY rank NULLS LAST, station_id
            """,
            company=company.id,
            first=month,
            last=fields.Date.end_of(month, "month"),
            in_month=self.env["rural.station"]._in_month_condition(company, month),
        )


class RuralStationRankingLine(models.Model):
    """A station in a published ranking."""

    _name = "rural.station.ranking.line"
    _description = "Station in a Ranking"
    _order = "ranking_id desc, is_ranked desc, rank, station_id"
    _rec_name = "station_id"

    ranking_id = fields.Many2one("rural.station.ranking", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="ranking_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(related="ranking_id.month", store=True, precompute=True)
    state = fields.Selection(related="ranking_id.state", store=True)
    station_id = fields.Many2one("rural.station", required=True, readonly=True, index=True, ondelete="restrict")
    area_id = fields.Many2one(related="station_id.area_id")
    turnover = fields.Monetary(readonly=True)
    rank = fields.Integer(readonly=True, aggregator=None)
    is_ranked = fields.Boolean(
        compute="_compute_is_ranked", store=True, precompute=True, help="Open on every day of the month."
    )
    unranked_reason = fields.Selection(
        [
            ("opened", "Opened Within the Month"),
            ("closed", "Closed Within the Month"),
            ("shut", "Shut for a Time"),
        ],
        "Without a Rank",
        readonly=True,
    )
    is_last = fields.Boolean("Last", readonly=True)
    is_changed = fields.Boolean("Changed", readonly=True, help="Other than in the edition before.")

    turnover_before = fields.Monetary(compute="_compute_before", help="In the edition before.")
    rank_before = fields.Integer(compute="_compute_before", aggregator=None, help="In the edition before.")

    @api.depends("ranking_id.edition")
    def _compute_before(self):
        for ranking, lines in self.grouped("ranking_id").items():
            before = {line.station_id: line for line in ranking._edition_before().line_ids} if ranking else {}
            for line in lines:
                line.turnover_before = before[line.station_id].turnover if line.station_id in before else 0
                line.rank_before = before[line.station_id].rank if line.station_id in before else 0

    @api.depends("rank")
    def _compute_is_ranked(self):
        for line in self:
            line.is_ranked = bool(line.rank)
