from odoo import api, fields, models
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
    rural_undo_hint = fields.Text("How to Undo It", compute="_compute_rural_undo_hint")

    def _compute_rural_statement_count(self):
        for move in self:
            move.rural_statement_count = len(move._rural_statements())

    @api.depends(lambda self: [posting_field for posting_field, _document_field in self._rural_clearing_fields()])
    def _compute_rural_undo_hint(self):
        for move in self:
            move.rural_undo_hint = move._rural_undo_message()

    @api.depends("rural_undo_hint")
    def _compute_show_reset_to_draft_button(self):
        result = super()._compute_show_reset_to_draft_button()
        self.filtered("rural_undo_hint").show_reset_to_draft_button = False
        return result

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
            move.id
            for move, values in zip(self, values_list, strict=True)
            if not any(values.get(document_field) for _posting_field, document_field in self._rural_clearing_fields())
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

    @api.model
    def _rural_clearing_fields(self) -> list:
        """Hook: return the fields that lead to postings and to their documents, as pairs of names."""
        return [("rural_posting_id", "rural_statement_id")]

    def _rural_undo_message(self):
        # How to undo the entry, if a posting made it.
        for posting_field, document_field in self._rural_clearing_fields():
            posting, document = self[posting_field].sudo(), self[document_field].sudo()
            if posting:
                return posting._undo_message(self, document)
        return False

    def _check_no_statement(self):
        for move in self.filtered("rural_undo_hint"):
            raise UserError(move.rural_undo_hint)

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
