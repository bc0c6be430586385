from odoo import api, models


class RuralTransactionFactsMixin(models.AbstractModel):
    """A record that card transactions are settled by: it does not change unseen while a file is loaded (MA-09).

    A load reads the file for as long as it takes, with the rates and terminals of its beginning. Whichever of the two
    comes second, the load or the change, begins anew with what the first one has left.
    """

    _name = "rural.transaction.facts.mixin"
    _description = "Facts by which card transactions are settled"

    #: the fields that matter
    _transaction_facts: frozenset[str] = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Take the turn of the companies in which something new applies."""
        records = super().create(vals_list)
        records._lock_settlement()
        return records

    def write(self, vals):
        """Take the turn of the companies in which something else applies from now on."""
        if not self._transaction_facts.isdisjoint(vals):
            self._lock_settlement()
        return super().write(vals)

    def unlink(self):
        """Take the turn of the companies in which something applies no more."""
        self._lock_settlement()
        return super().unlink()

    def _lock_settlement(self):
        for company in self.sudo().company_id.sorted("id"):
            self.env["rural.lock"]._acquire("merchant settlement", company)
