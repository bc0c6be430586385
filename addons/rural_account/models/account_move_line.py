from odoo import api, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _rural_said_fields(self) -> set[str]:
        """Hook: return the fields of a posted item that stay as the document said."""
        return {"account_id", "partner_id", "debit", "credit", "balance", "amount_currency"}

    def write(self, vals):
        """Leave posted items of documents as they are.

        :raises UserError: saying what to do instead
        """
        if vals.keys() & self._rural_said_fields():
            self.filtered(lambda line: line.parent_state == "posted").move_id._check_not_of_document()
        return super().write(vals)
