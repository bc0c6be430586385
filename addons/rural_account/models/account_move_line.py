from odoo import api, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _rural_fixed_fields(self) -> set[str]:
        """Hook: return the fields of a posted item that stay as the document wrote them."""
        return {"account_id", "partner_id", "debit", "credit", "balance", "amount_currency", "move_id"}

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
        if vals.keys() & self._rural_fixed_fields():
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
