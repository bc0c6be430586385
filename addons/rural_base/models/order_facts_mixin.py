from contextlib import contextmanager
from weakref import WeakKeyDictionary

from odoo import api, models

#: What is being collected, by cursor. The cursor's own cache does not serve: a rolled back savepoint,
#: such as that of a rejected row, empties it.
COLLECTED = WeakKeyDictionary()


class RuralOrderFactsMixin(models.AbstractModel):
    """A record on which the judgement of order lines rests (SC-10, SC-11).

    A concrete model names the fields that matter in `_order_facts`. Whoever judges orders extends
    `_order_facts_changed`, which is called once after every create, delete, or write of those fields.
    """

    _name = "rural.order.facts.mixin"
    _description = "Facts on which order lines are judged"

    _order_facts: frozenset[str] | set[str] = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Create and tell."""
        records = super().create(vals_list)
        records._tell_order_facts([])
        return records

    def write(self, vals):
        """Write, and tell if a fact is among the values."""
        if self._order_facts.isdisjoint(vals):
            return super().write(vals)
        before = self._order_facts_scope()
        result = super().write(vals)
        self._tell_order_facts([before])
        return result

    def unlink(self):
        """Delete and tell."""
        before = self._order_facts_scope()
        result = super().unlink()
        self._tell_order_facts([before])
        return result

    def _order_facts_scope(self):
        """Hook: return what tells, before a write or a delete, which order lines the records touch.

        Here it is the ids of the records.
        """
        return self.ids

    def _order_facts_changed(self):
        """Hook: the facts of these records changed; after a delete they no longer exist.

        The context holds `order_facts_before`, the list of what `_order_facts_scope` gave.
        """

    @api.model
    @contextmanager
    def _order_facts_together(self):
        """Within the block the changes are collected; at its end each model is told once.

        For whoever changes many records: a load of a file, a wizard over a list.
        """
        if self.env.cr in COLLECTED:
            yield
            return
        collected = COLLECTED[self.env.cr] = {}
        try:
            yield
        finally:
            del COLLECTED[self.env.cr]
        for model_name, (ids, before) in collected.items():
            self.env[model_name].browse(ids)._tell_order_facts(before)

    def _tell_order_facts(self, before):
        collected = COLLECTED.get(self.env.cr)
        if collected is None:
            self.with_context(order_facts_before=before)._order_facts_changed()
            return
        ids, scopes = collected.setdefault(self._name, ({}, []))
        ids.update(dict.fromkeys(self._ids))
        scopes.extend(before)
