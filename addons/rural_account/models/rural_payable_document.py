from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Who may post, pay and cancel.
ACCOUNTANTS = ("account.group_account_user", "account.group_account_invoice")


class RuralPayableDocument(models.AbstractModel):
    """What one partner gets by a posted entry, and what of it is still to be paid.

    A concrete model says by `_payable_amount` how much it is.
    """

    _name = "rural.payable.document"
    _description = "Document That Is Paid"

    currency_id = fields.Many2one("res.currency")
    move_id = fields.Many2one(
        "account.move", "Journal Entry", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    residual = fields.Monetary("Still to Pay", compute="_compute_residual", store=True, compute_sudo=True)
    payment_count = fields.Integer("Payments", compute="_compute_payment_count", compute_sudo=True)

    @api.depends("move_id.state", "move_id.line_ids.amount_residual")
    def _compute_residual(self):
        for document in self:
            document.residual = -sum(document._payable_lines().mapped("amount_residual"))

    @api.depends("residual", "move_id.reconciled_payment_ids.state")
    def _compute_payment_count(self):
        for document in self:
            document.payment_count = len(document._payments())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Let every form of such a document lead to its payments."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for box in arch.findall("./sheet/div[@name='button_box']"):
                attributes = {
                    "name": "action_view_payments",
                    "type": "object",
                    "class": "oe_stat_button",
                    "icon": "fa-bank",
                    "groups": "account.group_account_invoice,account.group_account_readonly",
                    "invisible": "not payment_count",
                }
                box.append(E.button(E.field(name="payment_count", widget="statinfo"), attributes))
        return arch, view

    def action_view_payments(self):
        """Show what has been paid of the documents."""
        return self._payments()._rural_action_view()

    def _payments(self):
        """Return the payments of the documents that hold, in the books or not yet."""
        entries = self.move_id.filtered(lambda move: move.state == "posted")
        return entries.reconciled_payment_ids.filtered(
            lambda payment: payment.state not in ("draft", "canceled", "rejected")
        )

    def _payable_amount(self) -> float:
        """Hook: return what the partner gets, yuan."""
        raise NotImplementedError

    def _register_payment(self):
        """Return the action that pays the partners with Odoo's own payments.

        :raises UserError: when there is nothing left to pay
        """
        lines = self._payable_lines().filtered(lambda line: not line.reconciled)
        if not lines:
            raise UserError(self.env._("There is nothing left to pay."))
        return lines.action_register_payment(ctx={"default_group_payment": False})

    def _payable_lines(self):
        return self.move_id.line_ids.filtered(
            lambda line: line.account_type == "liability_payable" and line.parent_state == "posted"
        )

    def _is_paid(self) -> bool:
        """Tell whether what was posted has been paid."""
        if not self._payable_lines():
            # Without an entry only that is paid of which nothing is due.
            return self.currency_id.is_zero(self._payable_amount())
        if self.currency_id.is_zero(self.residual):
            return True
        paid = sum(self.move_id._rural_payments_without_entry("paid").mapped("amount"))
        return self.currency_id.compare_amounts(paid, abs(self.residual)) >= 0

    def _check_unpaid(self):
        """Refuse to go back on what has been paid; nobody pays it before this transaction ends.

        :raises UserError: naming the document
        """
        self.move_id._rural_lock_payments()
        for document in self.sudo():
            under_way = document.move_id._rural_payments_without_entry("in_process", "paid")
            if under_way or document.currency_id.compare_amounts(document.residual, document._payable_amount()):
                raise UserError(
                    self.env._(
                        "%s has been paid, in part at least. Undo the reconciliation of the payment first.",
                        document.display_name,
                    )
                )
