from odoo import api, models
from odoo.exceptions import UserError


class AccountPartialReconcile(models.Model):
    """What pays a document is written when it is reconciled, by the system (SC-14); people may undo it."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Reconcile items, but none of documents by hand.

        :raises UserError: saying what to do instead
        """
        partials = super().create(vals_list)
        partials._check_not_of_document()
        return partials

    def write(self, vals):
        """Change what is reconciled, but not what pays documents.

        :raises UserError: saying what to do instead
        """
        self._check_not_of_document()
        result = super().write(vals)
        self._check_not_of_document()
        return result

    def unlink(self):
        """Undo a reconciliation; what was paid of documents is owed again, which the system notes at their items."""
        if self._documents():
            self.check_access("unlink")
            return super(AccountPartialReconcile, self.sudo()).unlink()
        return super().unlink()

    def _documents(self):
        return (self.debit_move_id | self.credit_move_id).move_id._rural_of_documents()

    def _check_not_of_document(self):
        if documents := not self.env.su and self._documents():
            raise UserError(
                self.env._(
                    "What pays %s is written when it is paid, and never by hand. Register a payment.",
                    ", ".join(documents.mapped("name")),
                )
            )
