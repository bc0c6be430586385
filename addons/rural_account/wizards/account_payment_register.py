from odoo import models
from odoo.exceptions import UserError


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """Pay what documents of ours owe once, and no more than is left of it.

        :raises UserError: when somebody else has paid meanwhile, or the amount is more than what is left
        """
        moves = self.line_ids.move_id._rural_of_documents().with_env(self.env)
        if moves:
            moves._rural_lock_payments()
            self._check_left_to_pay(moves)
        return super()._create_payments()

    def _reconcile_payments(self, to_process, edit_mode=False):
        # Odoo notes the payments at what they pay, which people leave as the document has posted it.
        for vals in to_process:
            vals["to_reconcile"] = vals["to_reconcile"].sudo()
        return super()._reconcile_payments(to_process, edit_mode)

    def _check_left_to_pay(self, moves):
        currency = self.company_currency_id
        if self.payment_difference_handling == "reconcile" and not currency.is_zero(self.payment_difference):
            raise UserError(
                self.env._(
                    "%s is paid in full or in part, and the rest stays owed: nothing is written off here. Keep the "
                    "difference open, or cancel the document.",
                    ", ".join(moves.mapped("name")),
                )
            )
        under_way = moves._rural_under_way()
        due = abs(sum(self.line_ids.mapped("amount_residual")))
        is_typed = self.can_edit_wizard and (len(self.line_ids) == 1 or self.group_payment)
        asked = self.amount if is_typed else due
        if currency.is_zero(asked) or currency.compare_amounts(asked, due - under_way) > 0:
            raise UserError(
                self.env._(
                    "%(asked)s is more than the %(left)s that are left to pay of %(moves)s; %(under_way)s are under "
                    "way already. Close the dialog and look at the payments.",
                    asked=currency.format(asked),
                    left=currency.format(max(due - under_way, 0)),
                    under_way=currency.format(under_way),
                    moves=", ".join(moves.mapped("name")),
                )
            )
