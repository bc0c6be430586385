from odoo import api, fields, models
from odoo.exceptions import UserError

from .account_move import PAPERS


class AccountPayment(models.Model):
    """A payment that a document of ours made is undone there, and one that pays a document is cancelled as a whole."""

    _inherit = "account.payment"

    rural_undo_hint = fields.Text("How to Undo It", compute="_compute_rural_undo_hint")

    @api.depends(lambda self: tuple(f"move_id.{name}" for name in self.env["account.move"]._rural_source_fields()))
    @api.depends("invoice_ids", "move_id.line_ids.matched_debit_ids", "move_id.line_ids.matched_credit_ids")
    @api.depends_context("lang")
    def _compute_rural_undo_hint(self):
        for payment in self:
            payment.rural_undo_hint = payment.move_id.rural_undo_hint or payment._rural_undo_message()

    def _rural_paid_entries(self):
        """Return the entries of documents that these payments were made for or are reconciled with."""
        payments = self.sudo()
        return payments.invoice_ids._rural_of_documents() | payments.move_id._rural_paid_entries()

    def _rural_undo_message(self):
        """Return how to undo a payment of documents, or False for any other."""
        documents = self._rural_paid_entries()
        return bool(documents) and self.env._(
            "%(payment)s pays %(documents)s and stays as it is. Cancel the payment instead: the documents are owed "
            "again, and are paid anew from there.",
            payment=self.display_name,
            documents=", ".join(documents.mapped("name")),
        )

    @api.model
    def _rural_open_fields(self) -> frozenset[str]:
        """Hook: return what people may still write in a payment that a document has made or that pays one."""
        return PAPERS | {"is_sent"}

    @api.model_create_multi
    def create(self, vals_list):
        """Let documents alone say that a payment is theirs, and the dialog that pays what a payment is for.

        :raises UserError: for anybody else, whether by a value or by a default
        """
        payments = super().create(vals_list)
        if not self.env.su:
            sources = [name for name in self.env["account.move"]._rural_source_fields() if name in self]
            if payments._rural_paid_entries() or any(payment[name] for payment in payments for name in sources):
                self.env["account.move"]._refuse_source()
        return payments

    def write(self, vals):
        """Leave the payments of documents as they are, and all payments with the document that made them.

        :raises UserError: saying what to do instead
        """
        if not self.env.su and not vals.keys().isdisjoint(self.env["account.move"]._rural_source_fields()):
            self.env["account.move"]._refuse_source()
        if not self.env.su and not vals.keys() <= self._rural_open_fields():
            self._check_not_of_document()
        return super().write(vals)

    def unlink(self):
        """Keep the payments of documents.

        :raises UserError: saying what to do instead
        """
        self._check_not_of_document()
        return super().unlink()

    def action_draft(self):
        """Set payments back to draft, but none of a document: what was paid for it is not paid as something else.

        :raises UserError: saying what to do instead
        """
        self.check_access("write")
        self._check_not_of_document()
        return super().action_draft()

    def action_cancel(self):
        """Cancel payments; what they have paid of documents is owed again.

        :raises UserError: for a payment that a document has made
        """
        paying = self._release()
        super(AccountPayment, paying.sudo()).action_cancel()
        return super(AccountPayment, self - paying).action_cancel()

    def action_reject(self):
        """Reject payments as the bank has; what they have paid of documents is owed again.

        :raises UserError: for a payment that a document has made
        """
        paying = self._release()
        super(AccountPayment, paying.sudo()).action_reject()
        return super(AccountPayment, self - paying).action_reject()

    def action_validate(self):
        """Note that the bank has paid."""
        paying = self.filtered("rural_undo_hint")
        paying._check_not_made_by_document()
        paying.check_access("write")
        super(AccountPayment, paying.sudo()).action_validate()
        return super(AccountPayment, self - paying).action_validate()

    def _release(self):
        """Undo the reconciliation with entries of documents, and return the payments of such.

        :raises UserError: for a payment that a document has made
        """
        paying = self.filtered(lambda payment: payment._rural_paid_entries())
        self._check_not_made_by_document()
        paying.check_access("write")
        paying._rural_paid_entries()._rural_lock_payments()
        paying.sudo().move_id.line_ids.remove_move_reconcile()
        return paying

    def _check_not_made_by_document(self):
        self.sudo().move_id._check_not_of_document()

    def _check_not_of_document(self):
        """Refuse payments of documents, and to people also those that pay documents."""
        self._check_not_made_by_document()
        for payment in self.browse() if self.env.su else self.filtered("rural_undo_hint"):
            raise UserError(payment.rural_undo_hint)

    def _rural_action_view(self) -> dict:
        """Return the action that shows these payments.

        :raises AccessError: for whoever may not read them
        """
        self.check_access("read")
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments"),
            "res_model": "account.payment",
            "context": {"create": False},
        }
        if len(self) == 1:
            return {**action, "view_mode": "form", "res_id": self.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", self.ids)]}
