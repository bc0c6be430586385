from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from .hr_payslip_run import ACCOUNTANTS


class HrPayslipRun(models.Model):
    """One entry for each batch, with an item for each payslip and account; cancelling reverses it (MA-28)."""

    _inherit = "hr.payslip.run"

    def action_post_selected(self):
        """Ask for the accounting date and post."""
        self.ensure_one()
        self._check_group(*ACCOUNTANTS)
        self._check_state("close")
        return self._ask("rural.payroll.posting", self.env._("Post Batch"), run_id=self.id)

    def action_cancel_selected(self):
        """Ask for day and reason and reverse the entry."""
        self.ensure_one()
        self._check_group(*ACCOUNTANTS)
        self._check_state("posted")
        return self._ask("rural.payroll.cancellation", self.env._("Cancel Entry"), run_id=self.id)

    def _post(self, day=None):
        """Post closed batches as an accountant who has not prepared them; return the entries.

        :param date day: accounting date, the last day of the batch by default
        :raises UserError: naming what is in the way
        """
        self._check_group(*ACCOUNTANTS)
        self._lock()
        self._check_state("close")
        self._check_another_person("maker_ids")
        moves = self.env["account.move"].sudo()
        for run in self.sudo().with_context(mail_create_nosubscribe=True):
            run._final_slips()._check_pay()
            moves += run.with_company(run.company_id)._post_one(day or run.date_end)
        self._tell(self.env._("Posted"))
        return moves

    def _post_one(self, day):
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "company_id": self.company_id.id,
                "journal_id": self.company_id._rural_payroll_journal().id,
                "date": day,
                "ref": self.name,
                "rural_payslip_run_id": self.id,
                "line_ids": [Command.create(vals) for vals in self._prepare_items_vals()],
            }
        )
        move.action_post()
        self.write(
            {
                "state": "posted",
                "move_id": move.id,
                "date": day,
                "posted_by_id": self.env.uid,
                "posted_at": fields.Datetime.now(),
            }
        )
        return move

    def _lock(self):
        """Let one person at a time take a batch further."""
        self.env.flush_all()
        self.env.execute_query(
            SQL("SELECT id FROM hr_payslip_run WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", list(self.ids))
        )
        self.invalidate_recordset(["state"])

    # ------------------------------------------------------------------
    # Entry
    # ------------------------------------------------------------------

    def _prepare_items_vals(self) -> list:
        """Return the items of the entry: for each payslip and account what its rules come to.

        :raises UserError: when rules have no accounts, debit and credit differ, or nothing is left
        """
        lines = self._final_slips().line_ids.filtered(
            lambda line: not line.salary_rule_id.is_subtotal and not self.currency_id.is_zero(line.total)
        )
        self._check_accounts(lines)
        balances, names = defaultdict(float), defaultdict(set)
        for line in lines:
            amount = self.currency_id.round(line.total) * (-1 if line.slip_id.credit_note else 1)
            rule = line.salary_rule_id.with_company(self.company_id)
            for account, change in ((rule.account_debit_id, amount), (rule.account_credit_id, -amount)):
                if account:
                    balances[line.slip_id, account] += change
                    names[line.slip_id, account].add(line.name)
        items = [
            self._prepare_item_vals(slip, account, self.currency_id.round(balance), sorted(names[slip, account]))
            for (slip, account), balance in balances.items()
            if not self.currency_id.is_zero(balance)
        ]
        self._check_balanced(items)
        return items

    def _prepare_item_vals(self, slip, account, balance, names):
        partner = slip.employee_id.work_contact_id
        if not partner:
            raise UserError(
                self.env._("%s has no contact. Set the work contact in the employee's record.", slip.employee_id.name)
            )
        label = names[0] if len(names) == 1 else slip.name
        return {
            "account_id": account.id,
            "partner_id": partner.id,
            "name": f"{slip.number or ''} {label or slip.employee_id.name}".strip(),
            "balance": balance,
            "rural_payslip_id": slip.id,
        }

    def _check_accounts(self, lines):
        rules = lines.salary_rule_id.with_company(self.company_id)
        bare = rules.filtered(lambda rule: not (rule.account_debit_id or rule.account_credit_id))
        if bare:
            raise UserError(
                self.env._(
                    "Nothing was posted: these salary rules have no accounts in %(company)s: %(rules)s. Set them, or "
                    "mark a rule that only adds others up as a subtotal.",
                    company=self.company_id.name,
                    rules=", ".join(bare.mapped("name")),
                )
            )

    def _check_balanced(self, items):
        if not items:
            raise UserError(self.env._("Nothing was posted: the payslips of %s come to 0.00.", self.name))
        difference = sum(item["balance"] for item in items)
        if not self.currency_id.is_zero(difference):
            rules = self._final_slips().line_ids.salary_rule_id.with_company(self.company_id)
            one_sided = rules.filtered(lambda rule: bool(rule.account_debit_id) != bool(rule.account_credit_id))
            raise UserError(
                self.env._(
                    "Nothing was posted: debit and credit of %(run)s differ by %(difference)s. Look at the rules that "
                    "have an account on one side only: %(rules)s.",
                    run=self.name,
                    difference=self.currency_id.format(difference),
                    rules=", ".join(one_sided.mapped("name")),
                )
            )

    # ------------------------------------------------------------------
    # Reversal
    # ------------------------------------------------------------------

    def _cancel(self, day, reason):
        """Reverse the entry of a posted batch, which is closed but not posted then.

        :param date day: accounting date of the reversal
        :raises UserError: when the entry has been reconciled with another one, such as a payment
        """
        self.ensure_one()
        self._check_group(*ACCOUNTANTS)
        self._lock()
        self._check_state("posted")
        run = self.sudo()
        lines = run.move_id.line_ids
        if lines.matched_debit_ids or lines.matched_credit_ids:
            raise UserError(
                self.env._(
                    "The entry of %s has been reconciled with another one. Undo the reconciliation first.", self.name
                )
            )
        values = {"date": day, "ref": self.env._("Cancellation of %s", self.name), "rural_payslip_run_id": self.id}
        run.move_id._reverse_moves([values], cancel=True)
        run.write({"state": "close", "move_id": False, "date": False, "posted_by_id": False, "posted_at": False})
        self._tell(self.env._("Entry cancelled (%s)", reason))
