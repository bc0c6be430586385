from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

#: So many months back are listed, the present one too.
MONTHS = 12


class RuralStationInspectionMonth(models.Model):
    """How often a station was to be inspected in a month and how often it was: the area partner's figures (ST-06)."""

    _name = "rural.station.inspection.month"
    _description = "Inspections Due in a Month"
    _auto = False
    _order = "month desc, missing desc, station_id"
    _rec_name = "station_id"

    month = fields.Date(readonly=True, help="First day of the month.")
    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("rural.station", readonly=True)
    area_id = fields.Many2one("rural.station.area", readonly=True)
    area_partner_id = fields.Many2one("res.partner", readonly=True)
    due = fields.Integer(readonly=True)
    counted = fields.Integer("Count", readonly=True)
    missing = fields.Integer(readonly=True, help="Inspections that were due and do not count.")
    below = fields.Integer("Stations Below", readonly=True, help="1: fewer inspections count than were due.")

    @property
    def _table_query(self):
        """Count the inspections of the last months of all companies with stations."""
        first = fields.Date.start_of(china_time.today(), "month")
        months = [fields.Date.subtract(first, months=back) for back in range(MONTHS)]
        companies = self.env["rural.station"].sudo().with_context(active_test=False)._read_group([], ["company_id"])
        inspections = self.env["rural.station.inspection"].sudo()
        parts = [
            SQL(
                """SELECT %(place)s + month_of.station_id * %(months)s AS id, %(month)s::date AS month,
                          %(company)s AS company_id, month_of.station_id, station.area_id,
                          month_of.partner_id AS area_partner_id, month_of.due, month_of.counted::integer AS counted,
                          GREATEST(month_of.due - month_of.counted, 0)::integer AS missing,
                          (month_of.counted < month_of.due)::integer AS below
                     FROM (%(query)s) AS month_of JOIN rural_station AS station ON station.id = month_of.station_id""",
                place=place,
                months=MONTHS,
                month=month,
                company=company.id,
                query=inspections._month_query(company, month),
            )
            for (company,) in companies
            for place, month in enumerate(months)
        ]
        if not parts:
            return SQL(
                """SELECT 0 AS id, NULL::date AS month, 0 AS company_id, 0 AS station_id, 0 AS area_id,
                          0 AS area_partner_id, 0 AS due, 0 AS counted, 0 AS missing, 0 AS below WHERE FALSE"""
            )
        return SQL(" UNION ALL ").join(parts)

    def action_view_inspections(self):
        """Show the inspections of the station in the month."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_assessment.action_station_inspection")
        return {
            **action,
            "domain": [("station_id", "=", self.station_id.id), ("month", "=", self.month)],
            "context": {},
        }

    @api.model
    def _sums_of(self, area_partner):
        """Return the sums of an area partner by month, the latest first: month, stations, due, counted, below."""
        rows = self.sudo()._read_group(
            [("area_partner_id", "=", area_partner.id)],
            ["month:month"],
            ["__count", "due:sum", "counted:sum", "missing:sum", "below:sum"],
            order="month:month desc",
        )
        names = ("month", "stations", "due", "counted", "missing", "below")
        return [dict(zip(names, row, strict=True)) for row in rows]
