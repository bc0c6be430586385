from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class Base(models.AbstractModel):
    """What holds for every model of the suite.

    A record stays in its company, and is entered in a company that its maker works in. Sums of money in graphs are
    those of pivots and lists, whatever rate the company's currency has.
    """

    _inherit = "base"

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter records, those of the suite in the companies alone that the user works in.

        :raises AccessError: naming another company
        """
        records = super().create(vals_list)
        if not self.env.su and self._stays_in_company():
            for company in records.sudo().company_id - self.env.companies.sudo():
                raise AccessError(self.env._("%s is none of the companies that you work in now.", company.name))
        return records

    def write(self, vals):
        """Write, but let nobody take a record of the suite into another company, or out of all of them.

        :raises AccessError: naming the record and its company
        """
        if self.env.su or not self._stays_in_company() or self._company_sources().isdisjoint(vals):
            return super().write(vals)
        companies = {record.id: record.company_id for record in self.sudo()}
        result = super().write(vals)
        for record in self.sudo():
            if record.company_id != companies[record.id]:
                raise AccessError(
                    self.env._(
                        "%(record)s belongs to %(company)s and stays there. Enter it anew in the other company.",
                        record=record.display_name,
                        company=companies[record.id].name or self.env._("every company"),
                    )
                )
        return result

    @api.model
    def _stays_in_company(self) -> bool:
        """Hook: tell whether records of the model are kept and belong to a company for ever."""
        return self._name.startswith("rural.") and not self._transient and "company_id" in self._fields

    @api.model
    def _company_sources(self) -> set[str]:
        """Return the fields from which the company of a record follows."""
        paths = self.pool.field_depends[self._fields["company_id"]]
        return {"company_id", *(path.partition(".")[0] for path in paths)}

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

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
