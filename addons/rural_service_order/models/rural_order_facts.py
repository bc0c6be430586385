"""What order lines are judged on: after a change, the lines that it touches are judged again.

Each model tells by `_order_facts_scope` what its records touch; the lines are found by that scope
from before the change and from after it.
"""

from odoo import models
from odoo.tools import SQL


class RuralOrderFactsMixin(models.AbstractModel):
    _inherit = "rural.order.facts.mixin"

    def _order_facts_changed(self):
        result = super()._order_facts_changed()
        scopes = [*self.env.context.get("order_facts_before", []), self.exists()._order_facts_scope()]
        touched = {value for scope in scopes for value in scope or ()}
        if touched:
            self.env["rural.order.line"]._judge_again(self._touched_condition(list(touched)))
        return result

    def _touched_condition(self, touched):
        """Hook: SQL over the alias `line` for what `_order_facts_scope` gave."""
        return SQL("FALSE")


class RuralPoolEntry(models.Model):
    _inherit = "rural.pool.entry"

    def _order_facts_scope(self):
        return self.product_id.ids

    def _touched_condition(self, touched):
        return SQL("line.product_id = ANY(%s)", touched)


class ByServiceCode:
    """Facts that touch the lines with a center's service code."""

    __slots__ = ()  # Odoo composes its model classes from classes without instance dictionaries

    def _order_facts_scope(self):
        return [code for code in self._fact_centers().mapped("service_code") if code]

    def _fact_centers(self):
        return self.center_id

    def _touched_condition(self, touched):
        return SQL("line.service_code = ANY(%s)", touched)


class RuralServiceCenter(ByServiceCode, models.Model):
    _name = "rural.service.center"
    _inherit = ["rural.service.center", "rural.order.referenced.mixin"]
    _order_reference = "center_id"

    def _fact_centers(self):
        return self


class RuralCenterAuthorisation(ByServiceCode, models.Model):
    _inherit = "rural.center.authorisation"


class RuralCenterSuspension(ByServiceCode, models.Model):
    _inherit = "rural.center.suspension"


class RuralCrossRegionReport(ByServiceCode, models.Model):
    _inherit = "rural.cross.region.report"
