from odoo import api, models
from odoo.exceptions import UserError

from .account_move import PAPERS

#: What stays as the document wrote it whoever writes, the system too.
FIXED = {"account_id", "partner_id", "debit", "credit", "balance", "amount_currency", "move_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _rural_open_fields(self) -> frozenset[str]:
        """Hook: return what people may still write in an item that a document has posted."""
        return PAPERS | {"analytic_distribution"}

    @api.constrains("account_id", "move_id")
    def _check_rural_kept_accounts(self):
        """Keep accounts that documents keep free of entries by hand (SC-14, DP-03)."""
        posted = self.filtered(lambda item: item.account_id and item.move_id.state == "posted")
        for company, items in posted.grouped("company_id").items():
            kept = {company.sudo()[field].id: sources for field, sources in company._rural_kept_accounts().items()}
            for item in items.filtered(lambda item, kept=kept: item.account_id.id in kept):
                if not any(item.move_id[name] for name in kept[item.account_id.id]):
                    raise UserError(
                        self.env._(
                            "The account %s is kept by documents: record it there, and the entry is made by itself.",
                            item.account_id.with_company(company).display_name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        """Add items to entries, but not to what a document has posted.

        :raises UserError: saying what to do instead
        """
        ids = {vals["move_id"] for vals in vals_list if vals.get("move_id")}
        self.env["account.move"].browse(ids)._check_not_posted_by_document()
        return super().create(vals_list)

    def write(self, vals):
        """Leave posted items of documents as they are.

        :raises UserError: saying what to do instead
        """
        is_by_hand = not self.env.su and not vals.keys() <= self._rural_open_fields()
        if is_by_hand or vals.keys() & FIXED:
            moves = self.move_id
            if vals.get("move_id"):
                moves |= moves.browse(vals["move_id"])
            moves._check_not_posted_by_document()
        return super().write(vals)

    def _reconcile_plan(self, reconciliation_plan):
        """Reconcile; what documents owe is paid by money, or set off against another document of the same partner.

        What pays a document is written by the system, so that nobody else writes it.

        :raises UserError: for an entry by hand, a write-off, or a payment of somebody else
        """
        for part in reconciliation_plan:
            self._rural_items(part)._rural_check_may_pay()
        moves = self._rural_items(reconciliation_plan).move_id
        if not self.env.su and any(move.rural_undo_hint for move in moves):
            return super(AccountMoveLine, self.sudo())._reconcile_plan(_as_system(reconciliation_plan))
        return super()._reconcile_plan(reconciliation_plan)

    def _rural_items(self, plan):
        """Return the items of a plan of reconciliation, lists of items within lists."""
        return self.browse().union(*map(self._rural_items, plan)) if isinstance(plan, list) else plan

    def _rural_check_may_pay(self):
        """Refuse to reconcile documents of ours with what is neither money nor another document of the partner."""
        of_documents = self.move_id._rural_of_documents()
        if not of_documents:
            return
        for move in (self.move_id - of_documents).sudo():
            if not move._rural_moves_money():
                raise UserError(
                    self.env._(
                        "%(move)s does not pay %(documents)s: a payment or a bank statement does, without a write-off, "
                        "or another document of the same partner. Register a payment, or cancel the document.",
                        move=move.display_name,
                        documents=", ".join(of_documents.mapped("name")),
                    )
                )
            payment = move.origin_payment_id
            owner = payment.partner_bank_id.partner_id.commercial_partner_id
            if owner and owner != payment.partner_id.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "%(payment)s goes to a bank account of %(owner)s, and not to one of %(partner)s.",
                        payment=payment.display_name,
                        owner=owner.display_name,
                        partner=payment.partner_id.display_name,
                    )
                )
        open_items = self.sudo().filtered(lambda item: item.account_type in ("asset_receivable", "liability_payable"))
        partners = open_items.partner_id.commercial_partner_id
        if len(partners) > 1:
            raise UserError(
                self.env._(
                    "%(documents)s is owed to or by one partner, and these are several: %(partners)s.",
                    documents=", ".join(of_documents.mapped("name")),
                    partners=", ".join(partners.mapped("display_name")),
                )
            )

    def unlink(self):
        """Take items out of entries, but not out of what a document has posted.

        :raises UserError: saying what to do instead
        """
        self.move_id._check_not_posted_by_document()
        return super().unlink()


def _as_system(plan):
    """Return a plan of reconciliation, lists of items within lists, with the rights of the system."""
    return [_as_system(part) if isinstance(part, list) else part.sudo() for part in plan]
