from odoo import fields, models
from odoo.tools import SQL


class Base(models.AbstractModel):
    """Sums of money in graphs are those of pivots and lists, whatever rate the company's currency has."""

    _inherit = "base"

    def _read_group_select(self, aggregate_spec, query):
        """Give sums by currency in the company's currency, for the models of the suite.

        Odoo divides by the rate of the amount's currency, as if the company's own currency always had the rate 1.
        """
        result = super()._read_group_select(aggregate_spec, query)
        name, _colon, function = aggregate_spec.partition(":")
        if function != "sum_currency" or not self._name.startswith("rural."):
            return result
        company = self.env.company
        rates = company.currency_id._get_rates(company, fields.Date.context_today(self))
        return SQL(
            "COALESCE(SUM(%(amount)s) FILTER (WHERE %(currency)s = %(own)s), 0)"
            " + COALESCE(%(converted)s FILTER (WHERE %(currency)s IS DISTINCT FROM %(own)s), 0) * %(rate)s",
            amount=self._field_to_sql(self._table, name, query),
            currency=self._field_to_sql(self._table, self._fields[name].get_currency_field(self), query),
            own=company.currency_id.id,
            converted=result,
            rate=rates[company.currency_id.id],
        )
