from odoo import api, fields, models

from .account_move import PAPERS


class AccountPayment(models.Model):
    """A payment that a document of ours made is undone there, as its entry is."""

    _inherit = "account.payment"

    rural_undo_hint = fields.Text(related="move_id.rural_undo_hint")

    @api.model
    def _rural_open_fields(self) -> frozenset[str]:
        """Hook: return what people may still write in a payment that a document has made."""
        return PAPERS | {"is_sent"}

    def write(self, vals):
        """Leave the payments of documents as they are.

        :raises UserError: saying what to do instead
        """
        if not self.env.su and not vals.keys() <= self._rural_open_fields():
            self.move_id._check_not_of_document()
        return super().write(vals)

    def unlink(self):
        """Keep the payments of documents.

        :raises UserError: saying what to do instead
        """
        self.move_id._check_not_of_document()
        return super().unlink()

    def action_reject(self):
        """Reject payments, but none of a document.

        :raises UserError: saying what to do instead
        """
        self.move_id._check_not_of_document()
        return super().action_reject()
