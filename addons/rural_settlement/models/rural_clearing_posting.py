from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import formatLang

from .res_company import BEARERS


class RuralClearingPosting(models.AbstractModel):
    """Journal entries of documents of centers whose money the suppliers bear (SC-14).

    Each center is credited on its payable and each supplier debited on its receivable, and in between they
    meet on a clearing account that must come out at zero. Where the operator bears the money, there is a
    vendor bill for each center instead.

    A document is what one center gets; it inherits `rural.clearing.document`. A concrete model names the
    fields that link an entry with it and with the document, has the entries in `move_ids`, and implements
    the hooks.
    """

    _name = "rural.clearing.posting"
    _description = "Posting through the Clearing Account"

    #: Fields of `account.move`: the posting, and the center's document.
    _posting_field = ""
    _document_field = ""

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Accounting Date", readonly=True, copy=False)
    bearer = fields.Selection(BEARERS, "Fees Borne By", readonly=True, copy=False)
    clearing_account_id = fields.Many2one("account.account", readonly=True, check_company=True, copy=False)
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    move_count = fields.Integer(compute="_compute_clearing", compute_sudo=True)
    clearing_balance = fields.Monetary(
        compute="_compute_clearing",
        compute_sudo=True,
        help="What is left on the clearing account: 0.00 when all is right.",
    )

    @api.depends("clearing_account_id", "move_ids.state", "move_ids.line_ids.balance")
    def _compute_clearing(self):
        for posting in self:
            posting.clearing_balance = sum(posting._clearing_lines().mapped("balance"))
            posting.move_count = len(posting.move_ids)

    def action_view_moves(self):
        """Show the journal entries of the posting."""
        return self.move_ids._rural_action_view()

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _documents(self):
        """Hook: return the documents that are posted together."""
        raise NotImplementedError

    def _amounts_by_supplier(self, documents) -> dict:
        """Hook: return what each supplier bears of the documents, partner → yuan."""
        raise NotImplementedError

    def _label(self, whose) -> str:
        """Hook: return what a journal item says."""
        raise NotImplementedError

    def _undo_message(self, move, document) -> str:
        """Hook: return what to do instead of changing an entry of the posting, of a document or of all."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post_entries(self):
        """Make and post the journal entries of the documents.

        :raises UserError: when the centers' side and the suppliers' side differ
        """
        self.ensure_one()
        company = self.company_id
        company._check_rural_books()
        if self.bearer == "supplier":
            self.clearing_account_id = company._rural_fee_clearing_account()
        documents = self._documents()
        by_supplier = self._amounts_by_supplier(documents)
        self._check_both_sides(documents, by_supplier)
        Move = self.env["account.move"].with_company(company).with_context(mail_create_nosubscribe=True)
        to_enter = documents._to_enter()
        if self.bearer == "operator":
            moves = Move.create([self._prepare_bill_vals(document) for document in to_enter])
        else:
            moves = Move.create([self._prepare_center_move_vals(document) for document in to_enter])
            moves += Move.create(self._prepare_suppliers_move_vals(by_supplier) or [])
        for move in moves:
            move[self._document_field].move_id = move
        moves.action_post()
        # Where the books are locked, Odoo enters on a later day.
        self.date = max(moves.mapped("date"), default=self.date)
        self._reconcile_clearing()

    def _check_both_sides(self, documents, by_supplier):
        """SC-14: what the centers get must be what the suppliers bear; the sides are added up apart."""
        centers = sum(document._payable_amount() for document in documents)
        suppliers = sum(by_supplier.values())
        if self.currency_id.compare_amounts(centers, suppliers):
            raise UserError(
                self.env._(
                    "Nothing was posted: the centers get %(centers)s, but the suppliers bear %(suppliers)s. "
                    "The clearing account would keep %(difference)s.",
                    centers=self._amount(centers),
                    suppliers=self._amount(suppliers),
                    difference=self._amount(centers - suppliers),
                )
            )

    def _reconcile_clearing(self):
        lines = self._clearing_lines().filtered(lambda line: not line.reconciled)
        if not self.currency_id.is_zero(sum(lines.mapped("amount_residual"))):
            raise UserError(self.env._("The clearing account of %s does not come out at zero.", self.display_name))
        if lines:
            lines.reconcile()

    def _clearing_lines(self):
        return self.move_ids.line_ids.filtered(
            lambda line: line.account_id == self.clearing_account_id and line.parent_state == "posted"
        )

    # ------------------------------------------------------------------
    # Reversing
    # ------------------------------------------------------------------

    def _reverse_documents(self, documents, day, reason):
        """Reverse the centers' entries of documents, and their share of the suppliers' entry (SC-14).

        :param date day: accounting date of the reversals
        :param str reason: what the reversals refer to
        """
        self.ensure_one()
        for document in documents.filtered("move_id"):
            values = {"ref": reason, "date": day, **self._links(document)}
            if self.bearer == "operator":
                values["invoice_date"] = day
            document.move_id._reverse_moves([values], cancel=True)
        if self.bearer == "supplier":
            self._reverse_suppliers_share(documents, day, reason)

    def _reverse_suppliers_share(self, documents, day, reason):
        values = self._prepare_suppliers_move_vals(
            {supplier: -amount for supplier, amount in self._amounts_by_supplier(documents).items()}
        )
        if not values:
            return
        storno = self.company_id.account_storno
        for _command, _id, line in values["line_ids"]:
            line["is_storno"] = storno
        # The share of a single document belongs to it; that of several to the posting.
        links = self._links(documents if len(documents) == 1 else None)
        share = self.env["account.move"].create({**values, "date": day, "ref": reason, **links})
        share.action_post()
        self._reconcile_clearing()
        self._reconcile_suppliers(share)

    def _reconcile_suppliers(self, share):
        """Let the reversal take off what the suppliers still owe from the posting."""
        candidates = self.move_ids.line_ids.filtered(
            lambda line: (
                line.account_type == "asset_receivable" and line.parent_state == "posted" and not line.reconciled
            )
        )
        for lines in candidates.grouped(lambda line: (line.partner_id, line.account_id)).values():
            if lines & share.line_ids and lines - share.line_ids:
                lines.reconcile()

    # ------------------------------------------------------------------
    # Values of entries
    # ------------------------------------------------------------------

    def _links(self, document=None) -> dict:
        return {self._posting_field: self.id, self._document_field: document.id if document else False}

    def _prepare_move_vals(self, document=None, **vals):
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._rural_fee_journal().id,
            "date": self.date,
            "ref": (document or self)[(document or self)._rec_name],
            **self._links(document),
            **vals,
        }

    def _prepare_center_move_vals(self, document):
        """Debit clearing, credit the payable of the center."""
        label, amount = self._label(document.center_id.display_name), document._payable_amount()
        payable = document.partner_id.with_company(self.company_id).property_account_payable_id
        return self._prepare_move_vals(
            document,
            partner_id=document.partner_id.id,
            line_ids=[
                self._line(self.clearing_account_id, amount, label),
                self._line(payable, -amount, label, document.partner_id),
            ],
        )

    def _prepare_suppliers_move_vals(self, by_supplier):
        """Debit the receivable of each supplier, credit clearing; nothing when all is 0.00."""
        lines = [
            self._line(
                supplier.with_company(self.company_id).property_account_receivable_id,
                amount,
                self._label(supplier.supplier_code or supplier.name),
                supplier,
            )
            for supplier, amount in by_supplier.items()
            if not self.currency_id.is_zero(amount)
        ]
        if not lines:
            return None
        total = sum(by_supplier.values())
        if not self.currency_id.is_zero(total):
            lines.append(self._line(self.clearing_account_id, -total, self._label(self.env._("all centers"))))
        return self._prepare_move_vals(line_ids=lines)

    def _prepare_bill_vals(self, document):
        """A bill of the center on the operator's expense, a refund where the amount is negative."""
        company, amount = self.company_id, document._payable_amount()
        return {
            "move_type": "in_invoice" if amount > 0 else "in_refund",
            "company_id": company.id,
            "partner_id": document.partner_id.id,
            "invoice_date": self.date,
            "date": self.date,
            "ref": document[document._rec_name],
            **self._links(document),
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self._label(document.center_id.display_name),
                        "account_id": company._rural_fee_expense_account().id,
                        "quantity": 1,
                        "price_unit": abs(amount),
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _line(self, account, balance, label, partner=None):
        return Command.create(
            {
                "account_id": account.id,
                "partner_id": partner.id if partner else False,
                "name": label,
                "balance": self.currency_id.round(balance),
            }
        )

    def _amount(self, value):
        return formatLang(self.env, value, currency_obj=self.currency_id)
