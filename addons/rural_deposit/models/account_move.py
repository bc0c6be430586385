from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_deposit_movement_id = fields.Many2one(
        "rural.deposit.movement",
        "Deposit Movement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _rural_source_fields(self):
        return (*super()._rural_source_fields(), "rural_deposit_movement_id")

    def _rural_undo_message(self):
        movement = self.rural_deposit_movement_id.sudo()
        if not movement:
            return super()._rural_undo_message()
        return self.env._(
            "%(move)s was made by the deposit movement %(movement)s. Cancel the movement instead, which reverses "
            "the entry.",
            move=self.display_name,
            movement=movement.name,
        )

    def action_view_rural_deposit_movement(self):
        """Show the movement that made the entry."""
        return self.rural_deposit_movement_id._get_records_action()
