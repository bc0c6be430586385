from collections import defaultdict

from odoo import api, models

from odoo.addons.rural_station_ledger.models.rural_export import yes_or_no


class RuralExport(models.AbstractModel):
    _inherit = "rural.export"

    @api.model
    def _exports(self):
        return {
            **super()._exports(),
            "station_inspection_rows": self._station_inspection_rows,
            "station_inspections": self._station_inspections,
            "station_area_partners": self._station_area_partners,
        }

    def _station_inspection_rows(self, company, run):
        """What became of each row of a load of inspections (ST-06).

        :param run: the load; the company's last one when not given
        """
        rows = self._outcome_rows("station_inspections", "rural_station_inspection", company, run, reason="reason")
        return ["row", "outcome", "reason"], rows

    @api.model
    def _inspections_by_month(self, company):
        """Give the inspections of the months that were published: month, partner, station, due, counted, below."""
        self.env.flush_all()
        inspections = self.env["rural.station.inspection"]
        for month in self._published_months(company):
            for _id, partner, _station, code, due, counted in self.env.execute_query(
                inspections._month_query(company, month)
            ):
                yield f"{month:%Y-%m}", partner, code, due, counted, counted < due

    def _station_inspections(self, company, run):
        """How many inspections of each station were due and count (ST-06)."""
        lines = (
            (partner, month, code, due, counted, yes_or_no(below))
            for month, partner, code, due, counted, below in self._inspections_by_month(company)
        )
        return ["area_partner", "month", "station", "due", "counted", "below"], lines

    def _station_area_partners(self, company, run):
        """How many inspections of each area partner were due and count (ST-06)."""
        sums = defaultdict(lambda: [0, 0, 0, 0])
        for month, partner, _code, *figures in self._inspections_by_month(company):
            key = (partner, month)
            sums[key] = [total + figure for total, figure in zip(sums[key], (1, *figures), strict=True)]
        lines = ((*key, *map(int, figures)) for key, figures in sorted(sums.items(), key=lambda item: str(item[0])))
        return ["area_partner", "month", "stations", "due", "counted", "stations_below"], lines
