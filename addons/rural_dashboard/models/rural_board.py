from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.misc import format_date, formatLang

from odoo.addons.rural_base import china_time

#: Rows of a board's table, bars of a ranking: the rest is one click away.
MOST = 10
#: Choices of places beside a single macro-region.
ALL, MINE = 0, -1


@dataclass(frozen=True)
class Scope:
    """What a board is about: a year, and macro-regions or, empty, all places."""

    year: int
    macro_regions: models.BaseModel

    @property
    def days(self):
        """The first and the last day of the year."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def within(self, field_name):
        """The domain of what lies in the year by a date field."""
        first, last = self.days
        return Domain(field_name, ">=", first) & Domain(field_name, "<=", last)

    def places(self, field_name):
        """The domain of what lies in the macro-regions by a region field."""
        if not self.macro_regions:
            return Domain.TRUE
        return Domain(field_name, "child_of", self.macro_regions.region_ids.ids)


class RuralBoard(models.AbstractModel):
    """A board: figures and panels for the eyes of one role, each a click away from its records.

    A concrete board says who may read it and gathers its content. What it gives is plain values; the client
    draws them without knowing what they mean:

    - a figure: `label`, `value` and its `type` (amount, count, share), `hint`, `tone`, `action`;
    - a chart: `labels`, `series` (label, values, type, `line` on the right axis, `color`), `horizontal`,
      and an `action` whose domain is that of the point in `domains` (series by label);
    - a table: `columns` (name, label, type) and `rows` (values by name, and the `action` of the row).

    All of it is read with the rights of the reader. What they may not read at all is left out.
    """

    _name = "rural.board"
    _description = "Board"

    #: who may read it: XML ids of groups
    _groups = ()

    @api.model
    def read_board(self, year=None, macro_region_id=None):
        """Return the content of the board, with the choices of its filters.

        :param int year: the present year, or the last one with orders, when not given
        :param int macro_region_id: or ALL or MINE; as the board sees fit when not given
        :raises AccessError: for who is in none of its groups
        """
        self._check_may_read()
        years, places = self._years(), self._places()
        chosen = macro_region_id if macro_region_id in places else self._usual_place(places)
        scope = Scope(year if year in years else self._usual_year(years), places[chosen][1])
        return {
            "filters": {
                "year": scope.year,
                "years": years,
                "macro_region_id": chosen,
                "macro_regions": [{"id": place, "name": name} for place, (name, _regions) in places.items()],
            },
            "currency_id": self.env.company.currency_id.id,
            **{name: list(filter(None, blocks)) for name, blocks in self._content(scope).items()},
        }

    @api.model
    def _content(self, scope):
        """Hook: return the figures at the top and the panels below, in their order; None is left out."""
        return {"figures": [], "panels": []}

    @api.model
    def _places(self):
        """Return the places that can be chosen: dict of id → (name, macro-regions)."""
        macro_regions = self.env["rural.macro.region"].search([("region_ids", "!=", False)])
        mine = macro_regions.filtered(lambda region: region.manager_id == self.env.user)
        places = {ALL: (self.env._("All Macro-regions"), macro_regions.browse())}
        if mine:
            places[MINE] = (self.env._("My Macro-regions"), mine)
        return places | {region.id: (region.name, region) for region in macro_regions}

    @api.model
    def _usual_place(self, places):
        """Hook: return the place that the reader sees first."""
        return ALL

    def _check_may_read(self):
        if not any(self.env.user.has_group(group) for group in self._groups):
            raise AccessError(self.env._("This board is not for your role."))

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    @api.model
    def _years(self):
        """Return the years that can be chosen, the latest first."""
        first, last = self.env["rural.turnover"]._first_and_last_month()
        present = china_time.today().year
        return list(range(max(present, last.year if last else 0), (first.year if first else present) - 1, -1))

    @api.model
    def _usual_year(self, years):
        _first, last = self.env["rural.turnover"]._first_and_last_month()
        return min(china_time.today().year, last.year) if last else years[0]

    # ------------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------------

    def _may_see(self, *model_names):
        return all(self.env[name].has_access("read") for name in model_names)

    def _open(self, xml_id, domain, name=None):
        """Return the action that shows records as its menu does, by another domain."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "domain": list(domain), "context": {}, **({"name": name} if name else {})}

    def _open_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _day(self, day, late=False):
        """Return the cell of a day, or of none."""
        return {"value": format_date(self.env, day) if day else "", "tone": "bad" if late else ""}

    def _amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.env.company.currency_id)

    def _label(self, model_name, field_name, value):
        """Return a choice of a selection as the reader calls it."""
        selection = self.env[model_name]._fields[field_name]._description_selection(self.env)
        return dict(selection).get(value, value)
