from odoo import api, models


class Base(models.AbstractModel):
    """Which fields of the suite a client reads and writes, beside what groups of users say (SC-20)."""

    _inherit = "base"

    #: words that staff write for each other: no portal user reads them, nor searches by them
    _kept_in_house: frozenset[str] = frozenset()

    @api.model
    def _has_field_access(self, field, operation):
        """Keep what follows from other fields to its computation, and words for the house to the house.

        Odoo shows a stored related or computed field as readonly, and would take a value over RPC all the same.
        Steps, which work as the superuser, write and read everything.
        """
        if not self.env.su:
            if operation == "write" and self._rural_is_followed(field):
                return False
            if field.name in self._kept_in_house and not self.env.user._is_internal():
                return False
        return super()._has_field_access(field, operation)

    @api.model
    def _rural_is_followed(self, field) -> bool:
        """Tell whether a field of the suite follows from other fields and is kept."""
        if not (field.store and field.readonly and (field.related or field.compute)) or self._transient:
            return False
        return self._name.startswith("rural.") or (field._module or "").startswith("rural_")
