from odoo import fields, models
from odoo.tools import SQL


class RuralStationAtRisk(models.Model):
    """A station that is last in the latest ranking, or in the latest two of them (ST-07).

    A third month in a row proposes its elimination. A query, not a copy: it follows the latest editions.
    """

    _name = "rural.station.at.risk"
    _description = "Station at Risk of Elimination"
    _auto = False
    _order = "months_last desc, turnover, station_id"
    _rec_name = "station_id"
    _depends = {
        "rural.station": ["area_id", "partner_id", "closed_on"],
        "rural.station.ranking": ["company_id", "month", "state"],
        "rural.station.ranking.line": ["company_id", "month", "state", "station_id", "is_last", "rank", "turnover"],
    }

    station_id = fields.Many2one("rural.station", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one("rural.station.area", readonly=True)
    partner_id = fields.Many2one("res.partner", "Station Partner", readonly=True)
    months_last = fields.Integer("Months in a Row", readonly=True, aggregator=None)
    month = fields.Date(readonly=True)
    turnover = fields.Monetary(readonly=True)
    month_before = fields.Date(readonly=True, help="Where the station was last then, too.")
    turnover_before = fields.Monetary(readonly=True)
    missing = fields.Monetary(
        "Missing to the Next", readonly=True, aggregator=None, help="What lay between it and the next station."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH line AS (SELECT * FROM rural_station_ranking_line WHERE state = 'published'),
                 latest AS (SELECT company_id, max(month) AS month FROM rural_station_ranking
                             WHERE state = 'published' GROUP BY company_id)
            SELECT station.id, station.id AS station_id, station.area_id, station.partner_id, latest.company_id,
                   latest.month, line.turnover, before.month AS month_before, before.turnover AS turnover_before,
                   CASE WHEN before.id IS NULL THEN 1 ELSE 2 END AS months_last,
                   (SELECT min(other.turnover) FROM line AS other
                     WHERE other.ranking_id = line.ranking_id AND other.is_ranked AND other.turnover > line.turnover)
                   - line.turnover AS missing
              FROM latest
              JOIN line ON line.company_id = latest.company_id AND line.month = latest.month AND line.is_last
              JOIN rural_station AS station ON station.id = line.station_id
         LEFT JOIN line AS before
                ON before.station_id = station.id AND before.is_last
               AND before.month = latest.month - interval '1 month'
             WHERE NOT (before.id IS NOT NULL
                        AND EXISTS (SELECT FROM line AS third
                                     WHERE third.station_id = station.id AND third.is_last
                                           AND third.month = latest.month - interval '2 months'))
                   AND COALESCE(station.closed_on, 'infinity') >= latest.month + interval '1 month'
            """
        )

    def action_open_station(self):
        """Open the station itself, with its rankings and its ledger."""
        self.ensure_one()
        return self.station_id._get_records_action(context={})
