from odoo import api, fields, models


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

    def action_view_rural_statements(self):
        """Show the statements that made the entry."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_statement")
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

    def _rural_source_fields(self):
        return (*super()._rural_source_fields(), *(name for pair in self._rural_clearing_fields() for name in pair))

    def _rural_undo_message(self):
        for posting_field, document_field in self._rural_clearing_fields():
            posting, document = self[posting_field].sudo(), self[document_field].sudo()
            if posting:
                return posting._undo_message(self, document)
        return super()._rural_undo_message()
