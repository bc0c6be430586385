from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time


class RuralStationDay(models.Model):
    """A day of a station and what became of its daily report: what is missing can be seen (ST-05)."""

    _name = "rural.station.day"
    _inherit = ["rural.station.figures.mixin"]
    _description = "Day of a Station"
    _auto = False
    _order = "day desc, station_id"
    _rec_name = "station_id"
    _depends = {
        "rural.station": ["company_id", "code", "opened_on", "closed_on", "area_id", "partner_id"],
        "rural.station.closure": ["station_id", "valid_from", "valid_to"],
        "rural.station.closing.day": ["station_id", "state", "date_from", "date_to", "agreed_on"],
        "rural.station.report": ["station_id", "day", "place", "outcome", "is_standing", "minutes"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("rural.station", readonly=True)
    area_id = fields.Many2one("rural.station.area", readonly=True)
    partner_id = fields.Many2one("res.partner", "Station Partner", readonly=True)
    phone = fields.Char(related="partner_id.phone")
    day = fields.Date(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Not Yet Reported"),
            ("missing", "Missing"),
            ("late", "Late"),
            ("on_time", "On Time"),
            ("extra", "Extra"),
            ("closed", "Closing Day"),
            ("not_due", "Not Due"),
        ],
        "Daily Report",
        readonly=True,
        help="Not yet reported: the day is not over. Closing day: agreed in time, so that no report is due.",
    )
    report_id = fields.Many2one("rural.station.report", readonly=True)
    minutes = fields.Integer("Minutes Open", readonly=True)
    due = fields.Integer(readonly=True)
    on_time = fields.Integer(readonly=True)
    late = fields.Integer(readonly=True)
    missing = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        today = china_time.today()
        days = self.env["rural.station.report"]._days_query(self.env.companies, self._months()[0], today)
        return SQL(
            """
            SELECT %(id)s AS id, each.*, (state IN ('on_time', 'late', 'missing'))::int AS due,
                   (state = 'on_time')::int AS on_time, (state = 'late')::int AS late,
                   (state = 'missing')::int AS missing
              FROM (SELECT day.station_id, day.day, day.minutes, day.report_id, station.company_id, station.area_id,
                           station.partner_id,
                           CASE WHEN day.outcome IS NOT NULL THEN day.outcome
                                WHEN day.is_due AND day.day = %(today)s THEN 'waiting'
                                WHEN day.is_due THEN 'missing'
                                WHEN EXISTS (SELECT FROM rural_station_closing_day AS closing
                                              WHERE closing.station_id = day.station_id AND closing.state = 'agreed'
                                                    AND day.day BETWEEN closing.date_from AND closing.date_to)
                                THEN 'closed' ELSE 'not_due' END AS state
                      FROM (%(days)s) AS day JOIN rural_station AS station ON station.id = day.station_id
                     WHERE day.is_open) AS each
            """,
            id=self._id_of(SQL("each.station_id"), SQL("each.day")),
            today=today,
            days=days,
        )

    def action_open(self):
        """Open the report of the day, or the station where there is none."""
        self.ensure_one()
        return (self.report_id or self.station_id)._get_records_action(context={})
