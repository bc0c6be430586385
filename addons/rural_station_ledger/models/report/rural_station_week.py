from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time


class RuralStationWeek(models.Model):
    """A week of a station, and whether it was open for long enough (ST-05)."""

    _name = "rural.station.week"
    _inherit = ["rural.station.figures.mixin"]
    _description = "Week of a Station"
    _auto = False
    _order = "monday desc, station_id"
    _rec_name = "station_id"

    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("rural.station", readonly=True)
    area_id = fields.Many2one("rural.station.area", readonly=True)
    month = fields.Date(readonly=True, help="A week belongs to the month of its Sunday.")
    monday = fields.Date("Week From", readonly=True)
    sunday = fields.Date("Week To", readonly=True)
    required = fields.Integer("Days Required", readonly=True)
    full_days = fields.Integer(readonly=True, help="Days of eight hours or more.")
    minutes = fields.Integer("Minutes Open", readonly=True)
    kept = fields.Selection(
        [("yes", "Kept"), ("no", "Not Kept"), ("none", "Nothing Required"), ("running", "Not Over Yet")],
        "Opening Hours",
        readonly=True,
        help="Five days of eight hours, or as many as reports are due where there are fewer.",
    )
    kept_count = fields.Integer("Weeks Kept", readonly=True)
    not_kept_count = fields.Integer("Weeks Not Kept", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT %s AS id, week.*, week.monday + 6 AS sunday, station.area_id,
                   (kept = 'yes')::int AS kept_count, (kept = 'no')::int AS not_kept_count
              FROM (%s) AS week JOIN rural_station AS station ON station.id = week.station_id
             WHERE week.monday <= %s
            """,
            self._id_of(SQL("week.station_id"), SQL("week.monday")),
            self._each_month(self.env["rural.station.report"]._weeks_query),
            china_time.today(),
        )
