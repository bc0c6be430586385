from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date


class NoOverlap(models.Constraint):
    """Database constraint: the periods of one key never overlap.

    It is written for each concrete model from its `_dated_key`, with range operators that every PostgreSQL
    has (no extension). An empty key column counts as a key of its own. It is deferrable so that the ORM can
    name the record in the way; plain SQL is checked at the end of each statement.
    """

    def __init__(self):
        super().__init__("EXCLUDE")

    def apply_to_database(self, model):
        """Add the constraint to the table of a concrete model, or change it to its present key."""
        definition = (
            f"EXCLUDE USING gist ({', '.join(f'{term} WITH &&' for term in self.terms(model))}) "
            f"{self.where(model)} DEFERRABLE INITIALLY IMMEDIATE"
        )
        concrete = models.Constraint(definition)
        concrete.name = self.name
        concrete.apply_to_database(model)

    def get_error_message(self, model, diagnostics=None):
        """Return what a person reads when two transactions at once made the same version."""
        return model.env._("Two versions of the same record would be valid on the same day.")

    @staticmethod
    def where(model) -> str:
        """Return the SQL condition that leaves out versions that do not apply."""
        if not model._dated_states:
            return ""
        return f"WHERE (state IN ({', '.join(repr(state) for state in model._dated_states)}))"

    @staticmethod
    def terms(model, alias="") -> list[str]:
        """Return the SQL ranges whose overlap, all at once, is forbidden."""
        prefix = alias and f"{alias}."
        keys = [f"COALESCE({prefix}{name}, 0)" for name in model._dated_key]
        return [
            *(f"int4range({key}, {key}, '[]')" for key in keys),
            f"daterange({prefix}valid_from, {prefix}valid_to, '[]')",
        ]


class RuralDatedMixin(models.AbstractModel):
    """A version of something, valid from its first day to its last, both included.

    A concrete model names the many2one or integer fields that say of what it is a version:

        _inherit = "rural.dated.mixin"
        _dated_key = ("product_id",)

    Two versions of one key never overlap; the database sees to it.
    """

    _name = "rural.dated.mixin"
    _description = "Record with a period of validity"

    _dated_key: tuple[str, ...] = ()
    #: states in which a version applies; None: in any, or there is no state
    _dated_states: tuple[str, ...] | None = None

    valid_from = fields.Date(required=True, help="First day on which this version applies.")
    valid_to = fields.Date(help="Last day on which this version applies. Empty: until further notice.")

    _valid_order = models.Constraint(
        "CHECK (valid_from <= valid_to)",
        "The last day of validity lies before the first one.",
    )
    _valid_once = NoOverlap()

    @api.constrains(lambda self: self._dated_names())
    def _check_valid_once(self):
        """Name the version that is in the way (shared convention "validity")."""
        self.flush_model(self._dated_names())
        pairs = zip(NoOverlap.terms(self, "mine"), NoOverlap.terms(self, "other"), strict=True)
        rows = self.env.execute_query(
            SQL(
                "SELECT mine.id, other.id FROM %(table)s mine JOIN %(table)s other"
                " ON mine.id <> other.id AND %(overlap)s WHERE mine.id = ANY(%(ids)s) AND %(apply)s LIMIT 1",
                table=SQL.identifier(self._table),
                overlap=SQL(" AND ".join(f"{mine} && {other}" for mine, other in pairs)),
                ids=list(self.ids),
                apply=self._apply_condition(),
            )
        )
        for mine, other in rows:
            raise ValidationError(self._overlap_message(self.browse(mine), self.browse(other)))

    @api.model_create_multi
    def create(self, vals_list):
        """Create versions that overlap no other."""
        for vals in vals_list:
            self._check_valid_order(vals.get("valid_from"), vals.get("valid_to"))
        with self._overlap_found_by_name():
            return super().create(vals_list)

    def write(self, vals):
        """Change versions so that they overlap no other."""
        if vals.keys().isdisjoint(self._dated_names()):
            return super().write(vals)
        for version in self:
            self._check_valid_order(vals.get("valid_from", version.valid_from), vals.get("valid_to", version.valid_to))
        with self._overlap_found_by_name():
            return super().write(vals)

    @api.model
    def _apply_condition(self) -> SQL:
        if not self._dated_states:
            return SQL("TRUE")
        states = list(self._dated_states)
        return SQL("mine.state = ANY(%s) AND other.state = ANY(%s)", states, states)

    @api.model
    def _dated_names(self) -> tuple[str, ...]:
        return (*self._dated_key, "valid_from", "valid_to", *(("state",) if self._dated_states else ()))

    @api.model
    def _valid_on(self, day) -> Domain:
        """Return the domain of the versions valid on that day."""
        return Domain("valid_from", "<=", day) & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day))

    @api.model
    def _version_on(self, day, **key):
        """Return the one version valid on that day for the key, given by field name, or an empty record.

        :raises TypeError: if the key is not exactly that of the model
        """
        if key.keys() != set(self._dated_key):
            raise TypeError(f"{self._name} is dated by {self._dated_key}, not by {tuple(key)}")
        values = {name: getattr(value, "id", value) for name, value in key.items()}
        return self.search(
            Domain.AND(Domain(name, "=", value) for name, value in values.items()) & self._valid_on(day),
            limit=1,
        )

    def _change_from(self, day, **changes):
        """Let a new version with the changes take over from that day; return it.

        This version ends the day before, the new one ends when this one would have ended.
        """
        self.ensure_one()
        if day <= self.valid_from:
            raise ValidationError(
                self.env._(
                    "%(record)s is valid from %(day)s: a change can take effect on a later day only.",
                    record=self.display_name,
                    day=format_date(self.env, self.valid_from),
                )
            )
        if self.valid_to and day > self.valid_to:
            raise ValidationError(
                self.env._(
                    "%(record)s ends on %(day)s: a change can take effect on that day at the latest.",
                    record=self.display_name,
                    day=format_date(self.env, self.valid_to),
                )
            )
        last_day = self.valid_to
        self.valid_to = day - timedelta(days=1)
        return self.copy({**changes, "valid_from": day, "valid_to": last_day})

    @contextmanager
    def _overlap_found_by_name(self):
        """Have the Python check speak before the database does, and the database still decide."""
        constraint = SQL.identifier(self._table_object_name("valid_once"))
        self.flush_model(self._dated_names())
        self.env.cr.execute(SQL("SET CONSTRAINTS %s DEFERRED", constraint))
        yield
        self.flush_model(self._dated_names())
        self.env.cr.execute(SQL("SET CONSTRAINTS %s IMMEDIATE", constraint))

    def _table_object_name(self, name) -> str:
        return next(full for full, item in self._table_objects.items() if item.name == name)

    def _check_valid_order(self, valid_from, valid_to):
        first, last = fields.Date.to_date(valid_from), fields.Date.to_date(valid_to)
        if first and last and last < first:
            raise ValidationError(
                self.env._(
                    "The last day of validity, %(last)s, lies before the first one, %(first)s.",
                    last=format_date(self.env, last),
                    first=format_date(self.env, first),
                )
            )

    def _overlap_message(self, mine, other) -> str:
        return self.env._(
            "%(mine)s overlaps %(other)s, which is valid from %(first)s to %(last)s. "
            "End one of them before the other begins.",
            mine=mine.display_name,
            other=other.display_name,
            first=format_date(self.env, other.valid_from),
            last=format_date(self.env, other.valid_to) or self.env._("further notice"),
        )
