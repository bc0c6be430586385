from contextlib import contextmanager
from weakref import WeakKeyDictionary

from odoo import api, models
from odoo.tools import SQL

#: The keys and companies that are being collected, by cursor and model. The cursor's own cache does not serve: a
#: rolled back savepoint, such as that of a rejected row, empties it.
COLLECTED = WeakKeyDictionary()


class RuralOrderFactsMixin(models.AbstractModel):
    """A record on which the judgement of order lines rests: its changes judge the lines again (SC-10, SC-11).

    A concrete model names the fields that matter in `_order_facts`, and says by the two hooks which lines its records
    touch. Those from before a change and those from after it are judged. A load that reads a file meanwhile does not
    miss the change: whichever of the two comes second begins anew with what the first one has left.
    """

    _name = "rural.order.facts.mixin"
    _description = "Facts on which order lines are judged"

    _order_facts: frozenset[str] = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Judge the lines that the new records touch."""
        records = super().create(vals_list)
        records._judge_orders(records._order_keys(), records.sudo().company_id)
        return records

    def write(self, vals):
        """Judge the lines that the records touched before and touch now, if a fact is among the values."""
        if self._order_facts.isdisjoint(vals):
            return super().write(vals)
        before, companies = self._order_keys(), self.sudo().company_id
        result = super().write(vals)
        self._judge_orders([*before, *self._order_keys()], companies | self.sudo().company_id)
        return result

    def unlink(self):
        """Judge the lines that the records touched."""
        keys, companies = self._order_keys(), self.sudo().company_id
        result = super().unlink()
        self._judge_orders(keys, companies)
        return result

    # ------------------------------------------------------------------
    # Which lines
    # ------------------------------------------------------------------

    def _order_keys(self) -> list:
        """Hook: return the values by which `_order_condition` finds the lines that the records touch."""
        raise NotImplementedError

    @api.model
    def _order_condition(self, keys) -> SQL:
        """Hook: return SQL over the alias `line` for what `_order_keys` gave."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.model
    def _judge_orders(self, keys, companies):
        if self.env.cr in COLLECTED:
            collected_keys, company_ids = COLLECTED[self.env.cr].setdefault(self._name, ({}, set()))
            collected_keys.update(dict.fromkeys(keys))
            company_ids.update(companies.ids)
        elif keys:
            self.env["rural.order.line"]._judge_again(self._order_condition(list(keys)), companies)

    @api.model
    @contextmanager
    def _judge_orders_once(self):
        """Within the block changes judge nothing; at its end the lines of each model are judged once.

        For whoever changes many records: a load of a file, a wizard over a list. An error judges nothing.
        """
        if self.env.cr in COLLECTED:
            yield
            return
        collected = COLLECTED[self.env.cr] = {}
        try:
            yield
        finally:
            del COLLECTED[self.env.cr]
        for model_name, (keys, company_ids) in collected.items():
            self.env[model_name]._judge_orders(keys, self.env["res.company"].browse(company_ids))
