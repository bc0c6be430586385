from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base.models.step_mixin import CHATTER

#: What people may still write in what a document has posted: its conversation and papers.
PAPERS = CHATTER | {"attachment_ids", "message_main_attachment_id"}
#: What ties a posted entry to what made it, beside the field that names it.
TIED = {"partner_id", "journal_id", "company_id", "date"}


class AccountMove(models.Model):
    """An entry that a document of ours made is undone there, never by hand.

    An addon whose documents make entries adds a many2one to the document, and names it by two hooks.
    """

    _inherit = "account.move"

    rural_undo_hint = fields.Text("How to Undo It", compute="_compute_rural_undo_hint")

    @api.depends(
        lambda self: (
            *self._rural_source_fields(),
            *("line_ids.matched_debit_ids", "line_ids.matched_credit_ids", "origin_payment_id.invoice_ids"),
        )
    )
    @api.depends_context("lang")
    def _compute_rural_undo_hint(self):
        for move in self:
            move.rural_undo_hint = move._rural_undo_message()

    @api.depends("rural_undo_hint")
    def _compute_show_reset_to_draft_button(self):
        result = super()._compute_show_reset_to_draft_button()
        self.filtered("rural_undo_hint").show_reset_to_draft_button = False
        return result

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    @api.model
    def _rural_source_fields(self) -> tuple[str, ...]:
        """Hook: return the many2one fields that name what made an entry."""
        return ()

    def _rural_undo_message(self):
        """Hook: return how to undo the entry where a document made it or it pays one, or False."""
        if payment := self.sudo().origin_payment_id:
            return payment._rural_undo_message()
        if documents := self._rural_paid_entries():
            return self.env._(
                "%(move)s pays %(documents)s. Undo the reconciliation instead, and the documents are owed again.",
                move=self.display_name,
                documents=", ".join(documents.mapped("name")),
            )
        return False

    @api.model
    def _rural_open_fields(self) -> frozenset[str]:
        """Hook: return what people may still write in an entry that a document has posted.

        Items have guards of their own; a lock by hashes is Odoo's.
        """
        return PAPERS | {"narration", "checked", "line_ids", "inalterable_hash", "secure_sequence_number"}

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    @api.constrains("state")
    def _check_rural_kept_accounts(self):
        self.line_ids._check_rural_kept_accounts()

    @api.model_create_multi
    def create(self, vals_list):
        """Let documents alone say that an entry is theirs; they post with the rights of the system.

        :raises UserError: for anybody else, whether by a value or by a default
        """
        moves = super().create(vals_list)
        if not self.env.su and any(move[name] for move in moves for name in self._rural_source_fields()):
            self._refuse_source()
        return moves

    def write(self, vals):
        """Leave posted entries of documents as they are, and all entries with the document that made them.

        :raises UserError: saying what to do instead
        """
        if not self.env.su and not vals.keys().isdisjoint(self._rural_source_fields()):
            self._refuse_source()
        is_by_hand = not self.env.su and not vals.keys() <= self._rural_open_fields()
        fixed = TIED.union(self._rural_source_fields())
        if is_by_hand or vals.get("state", "posted") != "posted" or vals.keys() & fixed:
            self._check_not_posted_by_document()
        return super().write(vals)

    def button_cancel(self):
        """Cancel entries, but none that a document made or that pays one.

        :raises UserError: saying what to do instead
        """
        self._check_not_of_document()
        return super().button_cancel()

    def button_draft(self):
        """Set entries back to draft, but none that a document made or that pays one.

        :raises UserError: saying what to do instead
        """
        self._check_not_of_document()
        return super().button_draft()

    def unlink(self):
        """Keep what a document has posted, whatever the context allows.

        :raises UserError: saying what to do instead
        """
        self.filtered(lambda move: move.state == "posted" or move.posted_before)._check_not_of_document()
        return super().unlink()

    def copy(self, default=None):
        """Copy entries, but none that a document made: the copy would be owed and paid once more.

        :raises UserError: to people, saying what to do instead; a document reverses its entries by copies
        """
        if not self.env.su:
            self._rural_of_documents()._check_not_of_document()
        return super().copy(default)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The cancellation of a document, and nobody else, says for which document it reverses.
        values_list = default_values_list or [{} for _move in self]
        unasked = [
            move.id
            for move, values in zip(self, values_list, strict=True)
            if not any(values.get(name) for name in self._rural_source_fields())
        ]
        self.browse(unasked)._check_not_of_document()
        return super()._reverse_moves(default_values_list, cancel)

    @api.model
    def _refuse_source(self):
        raise UserError(
            self.env._("Which document made an entry is written by the document when it is posted, never by hand.")
        )

    def _check_not_posted_by_document(self):
        self.filtered(lambda move: move.state == "posted")._check_not_of_document()

    def _check_not_of_document(self):
        """Refuse entries of documents, and to people also those that pay documents."""
        held = self._rural_of_documents() if self.env.su else self.filtered("rural_undo_hint")
        for move in held:
            raise UserError(move.rural_undo_hint)

    # ------------------------------------------------------------------
    # Payments
    # ------------------------------------------------------------------

    def _rural_of_documents(self):
        """Return those of these entries that documents made."""
        return self.sudo().filtered(lambda move: any(move[name] for name in self._rural_source_fields()))

    def _rural_paid_entries(self):
        """Return the entries of documents that this entry pays, in part at least."""
        items = self.sudo().line_ids
        partials = items.matched_debit_ids | items.matched_credit_ids
        return ((partials.debit_move_id | partials.credit_move_id).move_id - self)._rural_of_documents()

    def _rural_moves_money(self) -> bool:
        """Tell whether an entry does nothing but move money between a bank or cash box and partners."""
        journal = self.journal_id
        methods = journal.inbound_payment_method_line_ids | journal.outbound_payment_method_line_ids
        money = journal.default_account_id | journal.suspense_account_id | methods.payment_account_id
        money |= self.origin_payment_id.outstanding_account_id
        types = ("asset_cash", "asset_receivable", "liability_payable")
        return journal.type in ("bank", "cash", "credit") and all(
            item.account_id in money or item.account_type in types for item in self.line_ids
        )

    def _rural_lock_payments(self):
        """Let one person at a time pay what documents owe, or take it back."""
        for company in self.company_id.sorted("id"):
            self.env["rural.lock"]._acquire("payments", company)

    def _rural_payments_without_entry(self, *states):
        """Return the payments of these entries that have none of their own, in some states.

        Where a bank journal has no account for payments under way, Odoo keeps a payment so.
        """
        return self.matched_payment_ids.filtered(lambda payment: not payment.move_id and payment.state in states)

    def _rural_under_way(self) -> float:
        """Return what has been paid for these entries and is not reconciled with them."""
        unmatched = 0
        for payment in self.matched_payment_ids.filtered(lambda payment: payment.state in ("in_process", "paid")):
            items = payment.move_id.line_ids.filtered("account_id.reconcile") - payment._seek_for_lines()[0]
            unmatched += abs(sum(items.mapped("amount_residual"))) if payment.move_id else payment.amount
        return unmatched

    # ------------------------------------------------------------------
    # Where it leads
    # ------------------------------------------------------------------

    def _rural_action_view(self) -> dict:
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
