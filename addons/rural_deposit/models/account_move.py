from odoo import fields, models
from odoo.exceptions import UserError


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

    def _post(self, soft=True):
        """DP-03: what moves the liability of deposits is a movement, and nothing else."""
        for move in self.filtered(lambda move: not move.rural_deposit_movement_id):
            account = move.company_id.sudo().rural_deposit_account_id
            if account and account in move.line_ids.account_id:
                raise UserError(
                    self.env._(
                        "The account %s is kept by the deposits: record a movement there, which makes the entry.",
                        account.with_company(move.company_id).display_name,
                    )
                )
        return super()._post(soft)

    def action_view_rural_deposit_movement(self):
        """Show the movement that made the entry."""
        return self.rural_deposit_movement_id._get_records_action()
