from odoo import models

#: What a posted item of a deposit says.
SAID = {"account_id", "partner_id", "debit", "credit", "balance", "amount_currency"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        """Leave posted items of deposits as they are.

        :raises UserError: naming the movement to cancel instead
        """
        if vals.keys() & SAID:
            self.filtered(lambda line: line.parent_state == "posted").move_id._check_no_deposit_movement()
        return super().write(vals)
