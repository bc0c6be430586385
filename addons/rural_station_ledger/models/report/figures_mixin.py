from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.rural_base import china_time

#: How many months the screens go back, the running one included.
MONTHS = 13


class RuralStationFigures(models.AbstractModel):
    """Figures of daily reports as a query over the last months: always those of the reports themselves (ST-05)."""

    _name = "rural.station.figures.mixin"
    _description = "Figures of Daily Reports"
    _auto = False

    @api.model
    def _months(self) -> list:
        """Return the first days of the months that the screens show, the running one last."""
        month = china_time.today().replace(day=1)
        return [month - relativedelta(months=back) for back in reversed(range(MONTHS))]

    @api.model
    def _each_month(self, query_of) -> SQL:
        """Return one query of all months and companies of the user.

        :param query_of: gives the query of a company and a month
        """
        queries = [
            SQL("SELECT %s AS company_id, %s::date AS month, figures.* FROM (%s) AS figures", company.id, month, query)
            for company in self.env.companies
            for month in self._months()
            for query in [query_of(company, month)]
        ]
        return SQL(" UNION ALL ").join(queries)

    @api.model
    def _id_of(self, station, day) -> SQL:
        """Return an id made of a station and a day, the same each time it is asked for."""
        return SQL("(%s * 10000 + (%s - date '2020-01-01'))", station, day)
