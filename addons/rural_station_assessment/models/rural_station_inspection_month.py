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
        companies = self.env["rural.station"].sudo().with_context(active_test=False)._read_group([], ["company_id"])
        lines = [
            self._lines_query(company, month, place)
            for (company,) in companies
            for place, month in enumerate(self._last_months(MONTHS))
        ]
        # Without a station there is no line either, but a table.
        return SQL(" UNION ALL ").join(
            lines or [self._lines_query(self.env.company, fields.Date.start_of(china_time.today(), "month"), 0)]
        )

    @api.model
    def _last_months(self, number) -> list:
        first = fields.Date.start_of(china_time.today(), "month")
        return [fields.Date.subtract(first, months=back) for back in range(number)]

    @api.model
    def _lines_query(self, company, month, place) -> SQL:
        """Return the lines of a month.

        :param int place: of the month among the listed ones; the id of a line stays the same within a month
        """
        return SQL(
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
            query=self.env["rural.station.inspection"].sudo()._month_query(company, month),
        )

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
    def _sums_of(self, area_partner, company, number=3) -> list[dict]:
        """Return the sums of an area partner in the last months, the latest first.

        Keys: month, stations, due, counted, missing, below (stations with fewer than were due).
        """
        self.env.flush_all()
        return [
            {"month": month, **sums}
            for place, month in enumerate(self._last_months(number))
            for sums in self.env.execute_query_dict(
                SQL(
                    """SELECT count(*) AS stations, sum(due) AS due, sum(counted) AS counted, sum(missing) AS missing,
                              sum(below) AS below
                         FROM (%s) AS line WHERE area_partner_id = %s HAVING count(*) > 0""",
                    self._lines_query(company, month, place),
                    area_partner.id,
                )
            )
        ]
