from odoo import api, models


class RuralStationRanking(models.Model):
    """What everybody may see of the rankings (ST-07): published editions, and of stations no more than their place."""

    _inherit = "rural.station.ranking"

    @api.model
    def _public_company(self):
        """Return the company whose rankings the host shows, whoever asks: the website's, or that of the public."""
        if "website" in self.env:
            return self.env["website"].sudo().get_current_website().company_id
        return self.env.ref("base.public_user").sudo().company_id

    @api.model
    def _public_editions(self, company):
        """Return all editions of a company that were published, the latest month and edition first."""
        return self.sudo().search([("company_id", "=", company.id)])

    def _public_lines(self) -> list[dict]:
        """Return the stations of an edition: what may be public of them, and nothing else."""
        self.ensure_one()
        return [self._public_line(line) for line in self.line_ids]

    def _public_changes(self) -> list[dict]:
        """Return what an edition changed: `station`, and `before` and `after` as public lines, None without one."""
        self.ensure_one()
        return [
            {
                "station": change["station"].name,
                "before": self._public_line(change["before"]) if change["before"] else None,
                "after": self._public_line(change["line"]) if change["line"] else None,
            }
            for change in self._changes()
        ]

    @api.model
    def _public_line(self, line) -> dict:
        station = line.station_id
        return {
            "rank": line.rank,
            "station": station.name,
            "township": station.township or "",
            "turnover": line.turnover,
            "is_last": line.is_last,
            "reason": line.unranked_reason or ("" if line.rank else "shut"),
        }
