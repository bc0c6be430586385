from odoo import api, models
from odoo.fields import Domain


class RuralDayStateMixin(models.AbstractModel):
    """A record whose state is what its days say today in China; nobody writes it, and one can search for it.

    A concrete model has a selection field `state` with `compute="_compute_state"` and `search="_search_state"`.
    """

    _name = "rural.day.state.mixin"
    _description = "Record whose state follows from its days"

    @api.model
    def _state_domains(self) -> dict[str, Domain]:
        """Hook: return the domain of each state, as of today; every record is in exactly one."""
        raise NotImplementedError

    @api.model
    def _state_depends(self) -> tuple[str, ...]:
        """Hook: return the names of the fields that the domains use."""
        raise NotImplementedError

    @api.depends(lambda self: self._state_depends())
    def _compute_state(self):
        for state, domain in self._state_domains().items():
            self.filtered_domain(domain).state = state

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._state_domains()
        return Domain.OR(domains[state] for state in value if state in domains)
