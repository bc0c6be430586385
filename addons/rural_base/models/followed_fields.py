from odoo import api, models


class Base(models.AbstractModel):
    """A stored field that follows from others is written by its computation alone, never by a client (SC-20)."""

    _inherit = "base"

    @api.model
    def _has_field_access(self, field, operation):
        """Let nobody write a related or computed field of the suite that its model declares readonly.

        Odoo shows it as readonly, and would take a value over RPC all the same. Only steps, which work as the
        superuser, and computations write it.
        """
        if operation == "write" and not self.env.su and self._rural_is_followed(field):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _rural_is_followed(self, field) -> bool:
        """Tell whether a field of the suite follows from other fields and is kept."""
        if not (field.store and field.readonly and (field.related or field.compute)) or self._transient:
            return False
        return self._name.startswith("rural.") or (field._module or "").startswith("rural_")
