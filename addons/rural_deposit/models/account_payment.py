from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    rural_deposit_movement_id = fields.Many2one(
        "rural.deposit.movement",
        "Deposit Movement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _compute_state(self):
        # Money on the bank's own account is there: nothing is under way, whatever kind of account the chart has.
        result = super()._compute_state()
        for payment in self:
            on_account = payment.outstanding_account_id == payment.journal_id.default_account_id
            if payment.rural_deposit_movement_id and payment.state == "in_process" and payment.move_id and on_account:
                payment.state = "paid"
        return result

    def action_view_rural_deposit_movement(self):
        """Show the movement that made the payment."""
        return self.rural_deposit_movement_id._get_records_action()

    def _generate_move_vals(self, *args, **kwargs):
        values = super()._generate_move_vals(*args, **kwargs)
        return {**values, "rural_deposit_movement_id": self.rural_deposit_movement_id.id}
