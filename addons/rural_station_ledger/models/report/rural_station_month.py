from odoo import fields, models
from odoo.tools import SQL


class RuralStationMonth(models.Model):
    """What a station has reported of a month: due, in time, late and missing, and the weeks that it kept (ST-05)."""

    _name = "rural.station.month"
    _inherit = ["rural.station.figures.mixin"]
    _description = "Month of a Station"
    _auto = False
    _order = "month desc, station_id"
    _rec_name = "station_id"

    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("rural.station", readonly=True)
    area_id = fields.Many2one("rural.station.area", readonly=True)
    month = fields.Date(readonly=True)
    due = fields.Integer("Reports Due", readonly=True, help="A day that is not over is due once it is reported.")
    on_time = fields.Integer(readonly=True)
    late = fields.Integer(readonly=True)
    missing = fields.Integer(readonly=True)
    extra = fields.Integer(readonly=True, help="Reports for days on which none was due.")
    full_days = fields.Integer(readonly=True, help="Days of eight hours or more.")
    minutes = fields.Integer("Minutes Open", readonly=True)
    weeks_kept = fields.Integer(readonly=True)
    weeks_not_kept = fields.Integer(readonly=True)
    weeks_without = fields.Integer("Weeks Without Requirement", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT %s AS id, figures.*, station.area_id
              FROM (%s) AS figures JOIN rural_station AS station ON station.id = figures.station_id
            """,
            self._id_of(SQL("figures.station_id"), SQL("figures.month")),
            self._each_month(self.env["rural.station.report"]._month_query),
        )

    def action_view_days(self):
        """Show the days of the month, one by one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_ledger.action_station_day")
        last = fields.Date.end_of(self.month, "month")
        domain = [("station_id", "=", self.station_id.id), ("day", ">=", self.month), ("day", "<=", last)]
        return {**action, "domain": domain, "context": {}}
