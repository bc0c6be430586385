from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.rural_base import china_time

from ..rural_deposit import ACCOUNTANTS, TAKEN


class RuralDepositMovement(models.Model):
    """DP-03: collections and refunds are payments of Odoo, deductions entries; the liability is the balance."""

    _inherit = "rural.deposit.movement"

    def action_post_selected(self):
        """Show what will be posted and ask for day and journal."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("approved")
        return self._ask(
            "rural.deposit.movement.post", self.env._("Post Movements"), movement_ids=[Command.set(self.ids)]
        )

    def action_view_moves(self):
        """Show the journal entries of the movements."""
        return self.move_ids._rural_action_view()

    def _post(self, day=None, journal=None, counterpart=None):
        """Post approved movements as an accountant who has neither requested nor approved them (DP-01, DP-03).

        :param date day: accounting date, today by default
        :param journal: for collections and refunds: the bank or cash journal, by default the company's first; a
            general journal with a `counterpart` account enters money without a payment, such as opening balances
        :raises UserError: naming what is in the way
        """
        self._begin_step(ACCOUNTANTS, ("approved",), "decided_by_id")
        day = day or china_time.today()
        movements = self.sudo().with_context(mail_create_nosubscribe=True).sorted("id")
        for company, own in movements.grouped("company_id").items():
            own.with_company(company)._post_in_company(day, journal, counterpart)
        self._log_on_deposit()
        movements._after_posting()

    def _post_in_company(self, day, journal, counterpart):
        for movement in self:
            movement._take_effect(day, movement._journal_to_post(journal, counterpart))
        entries = self.filtered(lambda movement: movement.journal_id.type == "general")
        entries._post_entries(counterpart)
        (self - entries)._post_payments()
        for movement in self.filtered("is_final"):
            if not movement.deposit_id.balance:
                movement.deposit_id.closed_on = movement.date

    def _take_effect(self, day, journal):
        """Change the balance, in the order in which movements are posted (DP-02)."""
        self._check_possible()
        taken, beyond = self._split()
        first = self.deposit_id._first_day_with(taken) if self._sign() < 0 else None
        self.company_id._rural_check_entry_day(day, first, self.name, journal)
        self.write(
            {
                "state": "posted",
                "posted_by_id": self.env.uid,
                "posted_at": fields.Datetime.now(),
                "date": self.company_id._rural_entry_day(day, journal),
                "journal_id": journal.id,
                "balance_before": self.deposit_id.balance,
                "balance_amount": taken,
                "receivable_amount": beyond,
            }
        )

    def _journal_to_post(self, journal, counterpart):
        """Return the journal of the entry.

        :raises UserError: when money without a bank has no counterpart
        """
        company = self.company_id
        if self.kind in TAKEN:
            return company._rural_deposit_journal()
        if not journal or journal.type != "general":
            return journal or company._rural_deposit_bank_journal()
        if not counterpart:
            raise UserError(self.env._("Choose the counterpart account for an entry without a bank."))
        if counterpart == company._rural_deposit_account():
            raise UserError(self.env._("The counterpart of a deposit is another account than that of the deposits."))
        return journal

    def _lock_rows(self):
        """Let one person at a time move a deposit: what a movement takes follows from the balance (DP-02)."""
        self.sudo().deposit_id._lock_rows()
        return super()._lock_rows()

    # ------------------------------------------------------------------
    # Entries
    # ------------------------------------------------------------------

    def _post_payments(self):
        vals_list = [movement._prepare_payment_vals() for movement in self]
        payments = self.env["account.payment"].create(vals_list)
        for payment, vals in zip(payments, vals_list, strict=True):
            # Odoo computes it once more while it creates the payment.
            payment.outstanding_account_id = vals["outstanding_account_id"]
        payments.action_post()
        for movement, payment in zip(self, payments, strict=True):
            movement.write({"payment_id": payment.id, "move_id": payment.move_id.id, "date": payment.move_id.date})

    def _post_entries(self, counterpart):
        moves = self.env["account.move"].create([movement._prepare_move_vals(counterpart) for movement in self])
        moves.action_post()
        for movement, move in zip(self, moves, strict=True):
            # in a locked period Odoo moves the entry to a day that is open
            movement.write({"move_id": move.id, "date": move.date})
            if movement.kind == "set_off":
                items = movement.deposit_id._receivable_items() | move.line_ids
                items.filtered(
                    lambda item: item.account_id.account_type == "asset_receivable" and not item.reconciled
                ).reconcile()

    def _prepare_payment_vals(self):
        method, account = self._payment_method()
        return {
            "payment_type": "inbound" if self._sign() > 0 else "outbound",
            "partner_type": "customer",
            "partner_id": self.partner_id.id,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "date": self.date,
            "memo": self._entry_label(),
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "payment_method_line_id": method.id,
            "outstanding_account_id": account.id,
            "destination_account_id": self.company_id._rural_deposit_account().id,
            "rural_deposit_movement_id": self.id,
        }

    def _payment_method(self):
        """Return the way of paying of the journal, and the account that it moves.

        :raises UserError: when the journal has none
        """
        journal = self.journal_id
        methods = journal._get_available_payment_method_lines("inbound" if self._sign() > 0 else "outbound")
        method = methods.filtered(lambda line: line.code == "manual")[:1] or methods[:1]
        account = method.payment_account_id or journal.default_account_id
        if not (method and account):
            raise UserError(self.env._("%s has no bank account and payment method to post with.", journal.display_name))
        return method, account

    def _prepare_move_vals(self, counterpart):
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "date": self.date,
            "ref": self._entry_label(),
            "partner_id": self.partner_id.id,
            "rural_deposit_movement_id": self.id,
            "line_ids": [Command.create(line) for line in self._entry_lines(counterpart)],
        }

    def _entry_lines(self, counterpart):
        if self.kind == "deduct":
            return self._deduction_lines()
        if self.kind == "set_off":
            return self._set_off_lines()
        return self._transfer_lines(counterpart)

    def _deduction_lines(self):
        """Debit the liability, and the party for what is beyond the balance; credit income."""
        receivable = self.partner_id.with_company(self.company_id).property_account_receivable_id
        return [
            line
            for line in (
                self._line(self.company_id._rural_deposit_account(), self.balance_amount),
                self._line(receivable, self.receivable_amount),
                self._line(self.company_id._rural_deposit_income_account(), -self.amount),
            )
            if line["balance"]
        ]

    def _set_off_lines(self):
        """Debit the liability, credit the receivable that a deduction left (DP-04)."""
        liability = self.company_id._rural_deposit_account()
        receivable = self.deposit_id._receivable_items().account_id[:1]
        return [self._line(liability, self.amount), self._line(receivable, -self.amount)]

    def _transfer_lines(self, counterpart):
        """Debit or credit another account than a bank's."""
        liability = self.company_id._rural_deposit_account()
        change = self._sign() * self.amount
        return [self._line(counterpart, change), self._line(liability, -change)]

    def _line(self, account, balance):
        return {
            "account_id": account.id,
            "partner_id": self.partner_id.id,
            "name": self._entry_label(),
            "balance": balance,
        }

    def _entry_label(self) -> str:
        return f"{self.deposit_id.name} {self.name}"

    # ------------------------------------------------------------------
    # Reversal
    # ------------------------------------------------------------------

    def _reverse(self, day):
        """Reverse the entry of a posted movement; its payment counts as cancelled."""
        self.ensure_one()
        move = self.move_id
        if self.kind == "set_off":
            move.line_ids.remove_move_reconcile()
        self._check_reversible()
        held = self.deposit_id._first_day_with(Decimal(str(self.balance_amount))) if self._sign() > 0 else None
        first = max(self.date, held or self.date)
        reversal = move._reverse_moves(
            [
                {
                    "date": self.company_id._rural_reversal_day(day, first, self.name, move.journal_id),
                    "ref": self.env._("Cancellation of %s", self._entry_label()),
                    "rural_deposit_movement_id": self.id,
                }
            ],
            cancel=True,
        )
        # in a locked period Odoo moves the entry to a day that is open
        self.reversal_date = reversal.date
        self.payment_id.state = "canceled"
        self.deposit_id.closed_on = False

    def _check_reversible(self):
        deposit = self.deposit_id
        left = deposit.balance - self.effect
        if self.currency_id.compare_amounts(left, 0) < 0:
            raise UserError(
                self.env._(
                    "%(movement)s cannot be cancelled: the balance of %(deposit)s is only %(balance)s. Cancel the "
                    "later movements first.",
                    movement=self.name,
                    deposit=deposit.display_name,
                    balance=self._amount(deposit.balance),
                )
            )
        self._check_no_later_cut()
        lines = self.move_id.line_ids
        if lines.matched_debit_ids or lines.matched_credit_ids:
            raise UserError(
                self.env._(
                    "The entry of %s has been reconciled with another one. Undo the reconciliation first.", self.name
                )
            )

    def _check_no_later_cut(self):
        """Keep what a later deduction was cut to: it follows from the balance before it (DP-02)."""
        later = self.deposit_id.movement_ids.filtered(
            lambda movement: (
                movement.state == "posted"
                and movement.receivable_amount
                and (movement.posted_at, movement.id) > (self.posted_at, self.id)
            )
        )
        if later:
            raise UserError(
                self.env._(
                    "%(movement)s cannot be cancelled: %(later)s took what was left of the balance after it, and the "
                    "rest became a receivable. Cancel the later movements first.",
                    movement=self.name,
                    later=", ".join(later.mapped("name")),
                )
            )
