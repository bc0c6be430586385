from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_merchant_statement_id = fields.Many2one(
        "rural.merchant.statement",
        "Merchant Statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def button_draft(self):
        """Set entries back to draft, but none that a merchant's statement made.

        :raises UserError: naming what to do instead
        """
        self._check_no_merchant_statement()
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The cancellation of a statement, and nobody else, says for which statement it reverses.
        values_list = default_values_list or [{} for _move in self]
        unasked = [
            move.id
            for move, values in zip(self, values_list, strict=True)
            if not values.get("rural_merchant_statement_id")
        ]
        self.browse(unasked)._check_no_merchant_statement()
        return super()._reverse_moves(default_values_list, cancel)

    def action_view_rural_merchant_statement(self):
        """Show the merchant's statement that made the entry."""
        return self.rural_merchant_statement_id._get_records_action()

    def _check_no_merchant_statement(self):
        for move in self.filtered("rural_merchant_statement_id"):
            raise UserError(
                self.env._(
                    "%(move)s was made by the statement %(statement)s. Cancel the statement instead, which reverses "
                    "the entry.",
                    move=move.display_name,
                    statement=move.rural_merchant_statement_id.name,
                )
            )

    def _rural_action_view(self):
        """Return the action that lists these entries."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "views": [(self.env.ref("account.view_move_tree").id, "list"), (False, "form")],
            "domain": [("id", "in", self.ids)],
            "context": {"create": False},
        }
