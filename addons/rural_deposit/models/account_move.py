from odoo import api, fields, models
from odoo.exceptions import UserError

#: What ties a posted entry to its movement.
TIED = {"partner_id", "journal_id", "company_id", "date", "rural_deposit_movement_id"}


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

    rural_deposit_undo_hint = fields.Text("How to Undo a Deposit", compute="_compute_rural_deposit_undo_hint")

    @api.depends("rural_deposit_movement_id")
    @api.depends_context("lang")
    def _compute_rural_deposit_undo_hint(self):
        for move in self:
            movement = move.rural_deposit_movement_id.sudo()
            move.rural_deposit_undo_hint = bool(movement) and self.env._(
                "%(move)s was made by the deposit movement %(movement)s. Cancel the movement instead, which reverses "
                "the entry.",
                move=move.display_name,
                movement=movement.name,
            )

    @api.depends("rural_deposit_movement_id")
    def _compute_show_reset_to_draft_button(self):
        result = super()._compute_show_reset_to_draft_button()
        self.filtered("rural_deposit_movement_id").show_reset_to_draft_button = False
        return result

    def write(self, vals):
        """Leave posted entries of deposits as they are.

        :raises UserError: naming the movement to cancel instead
        """
        if vals.get("state", "posted") != "posted" or vals.keys() & TIED:
            self.filtered(lambda move: move.state == "posted")._check_no_deposit_movement()
        return super().write(vals)

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

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The cancellation of a movement, and nobody else, says for which movement it reverses.
        values_list = default_values_list or [{} for _move in self]
        unasked = [
            move.id
            for move, values in zip(self, values_list, strict=True)
            if not values.get("rural_deposit_movement_id")
        ]
        self.browse(unasked)._check_no_deposit_movement()
        return super()._reverse_moves(default_values_list, cancel)

    def action_view_rural_deposit_movement(self):
        """Show the movement that made the entry."""
        return self.rural_deposit_movement_id._get_records_action()

    def _check_no_deposit_movement(self):
        for move in self.filtered("rural_deposit_movement_id"):
            raise UserError(move.rural_deposit_undo_hint)
