from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

#: Months of published rankings that the portal shows.
RANKINGS = 12
#: Places before and behind the own one.
NEIGHBOURS = 2
#: Days for which a station asks to stay shut, at most at once.
LONGEST_CLOSING = 31
LONGEST_REASON = 100


class RuralStation(models.Model):
    _inherit = "rural.station"

    @api.model
    def _portal_stations(self):
        """Return the stations that the present user runs, with the user's own rights; those that have ended last."""
        if not self.has_access("read"):
            return self.browse()
        partner = self.env.user.partner_id
        stations = self.with_context(active_test=False).search([("partner_id", "=", partner.id)], order="code, id")
        return stations.sorted(lambda station: station._has_ended())

    # ------------------------------------------------------------------
    # Ranking
    # ------------------------------------------------------------------

    def _portal_ranking_lines(self):
        """Return the station's lines in the latest published rankings, the last month first (ST-07)."""
        self.ensure_one()
        domain = [("station_id", "=", self.id), ("state", "=", "published")]
        return self.env["rural.station.ranking.line"].sudo().search(domain, order="month desc", limit=RANKINGS)

    def _portal_place(self, line) -> dict:
        """Return what surrounds the station's place in a ranking.

        Keys: `ranked_count` (stations with a rank), `before` (the line of the next place before it, empty for the
        first), `missing` (what it turned over more, so that as much again makes an equal rank) and `neighbours`.
        """
        self.ensure_one()
        lines = line.search([("ranking_id", "=", line.ranking_id.id), ("rank", "!=", 0)], order="rank, station_id")
        before = lines.filtered(lambda each: each.rank < line.rank)[-1:] if line.rank else lines.browse()
        position = lines.ids.index(line.id) if line in lines else 0
        first = max(position - NEIGHBOURS, 0)
        return {
            "ranked_count": len(lines),
            "before": before,
            "missing": before.turnover - line.turnover if before else 0,
            "neighbours": lines[first : position + NEIGHBOURS + 1] if line.rank else lines.browse(),
        }

    def _portal_month_turnover(self) -> float:
        """Return what the station has turned over in the running month so far, as it counts today (ST-12)."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.sudo().company_id.id) & Domain("station_id", "=", self.id)
        domain &= Domain("month", "=", china_time.today().replace(day=1)) & Domain("outcome", "=", "counts")
        [(turnover,)] = self.env["rural.station.entry"].sudo()._read_group(domain, aggregates=["turnover:sum"])
        return turnover or 0

    # ------------------------------------------------------------------
    # Closing days
    # ------------------------------------------------------------------

    def _ask_closing_days(self, first, last, reason):
        """Ask, as the station's partner, to stay shut on some days (ST-05).

        :param str first: the first day as a form gives it, such as 2026-12-01
        :param str last: the last day; empty for a single one
        :return: the request
        :raises AccessError: for whoever does not run the station
        :raises UserError: for days that are over, too many, or asked for already, and without a reason
        """
        self.ensure_one()
        self._check_run_by_user()
        try:
            date_from = fields.Date.to_date(first or None)
            date_to = fields.Date.to_date(last or None) or date_from
        except ValueError:
            date_from = date_to = None
        self._check_closing_days(date_from, date_to)
        reason = (reason or "").strip()
        if not reason or len(reason) > LONGEST_REASON:
            raise UserError(self.env._("Say in a few words why you stay shut, such as a wedding or a power cut."))
        return (
            self.env["rural.station.closing.day"]
            .sudo()
            .create(
                {
                    "station_id": self.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "reason": reason,
                    "requested_by_id": self.env.uid,
                }
            )
        )

    def _check_closing_days(self, date_from, date_to):
        if not date_from:
            raise UserError(self.env._("Choose the day on which you stay shut."))
        if date_from < china_time.today():
            raise UserError(self.env._("That day is over. Ask on the day itself or before."))
        if date_to < date_from:
            raise UserError(self.env._("The last day lies before the first one."))
        if (date_to - date_from).days >= LONGEST_CLOSING:
            raise UserError(self.env._("Ask for %s days at most at once.", LONGEST_CLOSING))
        overlapping = [("station_id", "=", self.id), ("date_from", "<=", date_to), ("date_to", ">=", date_from)]
        live = [("state", "in", ("requested", "agreed"))]
        if self.env["rural.station.closing.day"].sudo().search_count([*overlapping, *live], limit=1):
            raise UserError(self.env._("You have asked for these days already."))
