from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_posting_id = fields.Many2one(
        "rural.fee.posting",
        "Fee Posting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    rural_statement_id = fields.Many2one(
        "rural.statement",
        "Center Statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    rural_statement_count = fields.Integer("Center Statements", compute="_compute_rural_statement_count")

    def _compute_rural_statement_count(self):
        for move in self:
            move.rural_statement_count = len(move._rural_statements())

    def button_draft(self):
        """Set entries back to draft, but none that a posting made.

        :raises UserError: naming what to do instead
        """
        self._check_no_statement()
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The cancellation of a statement, and nobody else, says for which statement it reverses.
        values_list = default_values_list or [{} for _move in self]
        unasked = [
            move.id for move, values in zip(self, values_list, strict=True) if not values.get("rural_statement_id")
        ]
        self.browse(unasked)._check_no_statement()
        return super()._reverse_moves(default_values_list, cancel)

    def action_view_rural_statements(self):
        """Show the statements that made the entry."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_rural_statement")
        return {**action, "domain": [("id", "in", self._rural_statements().ids)], "context": {}}

    def action_view_rural_fee_entries(self):
        """Show the fee entries that made the entry."""
        return self._rural_statements().action_view_entries()

    def action_view_rural_order_lines(self):
        """Show the order lines that made the entry."""
        return self._rural_statements().action_view_order_lines()

    def _rural_statements(self):
        # The suppliers' entry of a posting belongs to all of its statements.
        shared = self.filtered(lambda move: not move.rural_statement_id)
        return self.rural_statement_id | shared.rural_posting_id.statement_ids

    def _check_no_statement(self):
        for move in self.filtered("rural_posting_id"):
            raise UserError(
                self.env._(
                    "%(move)s was made by %(posting)s. Cancel the statement instead, which reverses the "
                    "entries of the center and of its suppliers together.",
                    move=move.display_name,
                    posting=move.rural_statement_id.name or move.rural_posting_id.name,
                )
            )

    def _action_view_journal_entries(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "views": [(self.env.ref("account.view_move_tree").id, "list"), (False, "form")],
            "domain": [("id", "in", self.ids)],
            "context": {"create": False},
        }
