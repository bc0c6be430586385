from odoo import api, models

from .account_move import PAPERS

#: What stays as the document wrote it whoever writes, the system too.
FIXED = {"account_id", "partner_id", "debit", "credit", "balance", "amount_currency", "move_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _rural_open_fields(self) -> frozenset[str]:
        """Hook: return what people may still write in an item that a document has posted."""
        return PAPERS | {"analytic_distribution", "matching_number"}

    @api.model_create_multi
    def create(self, vals_list):
        """Add items to entries, but not to what a document has posted.

        :raises UserError: saying what to do instead
        """
        ids = {vals["move_id"] for vals in vals_list if vals.get("move_id")}
        self.env["account.move"].browse(ids)._check_not_posted_by_document()
        return super().create(vals_list)

    def write(self, vals):
        """Leave posted items of documents as they are.

        :raises UserError: saying what to do instead
        """
        is_by_hand = not self.env.su and not vals.keys() <= self._rural_open_fields()
        if is_by_hand or vals.keys() & FIXED:
            moves = self.move_id
            if vals.get("move_id"):
                moves |= moves.browse(vals["move_id"])
            moves._check_not_posted_by_document()
        return super().write(vals)

    def unlink(self):
        """Take items out of entries, but not out of what a document has posted.

        :raises UserError: saying what to do instead
        """
        self.move_id._check_not_posted_by_document()
        return super().unlink()
