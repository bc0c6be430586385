from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

PAYROLL = ("payroll.group_payroll_manager",)
ACCOUNTANTS = ("account.group_account_user",)
#: What only the buttons of a batch change.
STEP_FIELDS = {
    *("state", "closed_by_id", "closed_at", "posted_by_id", "posted_at"),
    *("date", "move_id", "editor_ids", "base_rule_ids"),
}
#: What a batch is about: kept once it is closed.
FIXED = {"date_start", "date_end", "company_id", "credit_note", "struct_id", "slip_ids", "bonus_only"}


class HrPayslipRun(models.Model):
    """A batch of payslips: prepared and closed by payroll, posted by an accountant who has not worked on it.

    It makes one entry, with one item for each account, so that nobody reads in the books what a person earns.
    """

    _name = "hr.payslip.run"
    _inherit = ["hr.payslip.run", "rural.step.mixin", "rural.editor.mixin", "rural.explanation.mixin"]
    _editable_states = ("draft",)
    _deletable_states = ("draft",)
    _maker_fields = ("create_uid", "closed_by_id", "editor_ids")

    state = fields.Selection(selection_add=[("posted", "Posted")], ondelete={"posted": "set close"})
    bonus_only = fields.Boolean(
        "Bonuses Only", help="Its payslips carry no base: the wage of the period is paid by another batch (MA-28)."
    )
    base_rule_ids = fields.Many2many(
        "hr.salary.rule", string="Bases", readonly=True, copy=False, help="Paid by it, as it was closed (MA-28)."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    net_amount = fields.Monetary(
        "Net Pay",
        compute="_compute_net_amount",
        help="What is owed to the employees: the items on the credit side of the entry.",
    )
    left_out = fields.Text(
        "Not in This Batch",
        compute="_compute_left_out",
        compute_sudo=True,
        groups="payroll.group_payroll_user",
        help="Who has no payslip here though months that were paid before are worth something else now (MA-28).",
    )
    has_unconfirmed = fields.Boolean(
        compute="_compute_has_unconfirmed", help="Whether a payslip is computed and waits to be confirmed."
    )
    maker_ids = fields.Many2many("res.users", string="Worked On By", compute="_compute_maker_ids")
    can_post = fields.Boolean(
        compute="_compute_can_post", search="_search_can_post", help="Whether the reader may post it."
    )
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_at = fields.Datetime(readonly=True, copy=False)
    date = fields.Date("Accounting Date", readonly=True, copy=False)
    move_id = fields.Many2one("account.move", "Journal Entry", readonly=True, copy=False, ondelete="restrict")
    move_ids = fields.One2many("account.move", "rural_payslip_run_id", "Journal Entries", readonly=True)
    move_count = fields.Integer(compute="_compute_move_count")

    @api.depends("slip_ids.line_ids.total", "slip_ids.credit_note", "slip_ids.state")
    def _compute_net_amount(self):
        for run in self:
            slips = run.sudo().slip_ids.filtered(lambda slip: slip.state != "cancel")
            run.net_amount = sum((-1 if slip.credit_note else 1) * slip.get_salary_line_total("NET") for slip in slips)

    @api.depends("slip_ids.state")
    def _compute_has_unconfirmed(self):
        for run in self:
            run.has_unconfirmed = "verify" in run.sudo().slip_ids.mapped("state")

    @api.depends("state", "bonus_only", "credit_note", "date_start", "date_end", "slip_ids.employee_id")
    def _compute_left_out(self):
        for run in self:
            run.left_out = "\n".join(
                f"{employee.name}: {run.currency_id.format(float(amount))}"
                for employee, amount in run._differences_left_out()
            )

    def _differences_left_out(self) -> list[tuple]:
        """Return who has no payslip in the batch and how much would be due for earlier months, yuan (MA-28).

        Looked at are those who were paid a base within the last year, such as somebody whose departure became known
        since.
        """
        self.ensure_one()
        if self.state != "draft" or self.bonus_only or self.credit_note or not (self.date_start and self.date_end):
            return []
        latest = self.env["hr.payslip"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("credit_note", "=", False),
                ("employee_id", "not in", self.slip_ids.employee_id._same_person().ids),
                ("date_to", ">=", self.date_start - relativedelta(years=1)),
                ("payslip_run_id.bonus_only", "=", False),
            ],
            ["employee_id"],
            ["id:recordset"],
        )
        changed = dict(
            self.env["hr.version"]
            .with_context(active_test=False)
            ._read_group(
                [("employee_id", "in", [employee.id for employee, _payslips in latest])],
                ["employee_id"],
                ["write_date:max"],
            )
        )
        left_out, named = [], self.env["hr.employee"].sudo()
        for employee, payslips in latest:
            payslip = payslips.sorted("id")[-1]
            # What a period is worth follows from the contract: nothing is due where it has not changed since.
            if changed[employee] < payslip.create_date:
                continue
            if employee.sudo() not in named and (amount := payslip._differences_in(self)):
                left_out.append((employee, amount))
                named |= employee._same_person()
        return left_out

    @api.depends("closed_by_id", "editor_ids", "slip_ids.editor_ids")
    def _compute_maker_ids(self):
        for run in self:
            run.maker_ids = run._makers()

    @api.depends("state", "maker_ids")
    @api.depends_context("uid")
    def _compute_can_post(self):
        is_accountant = self._is_in_group(*ACCOUNTANTS)
        for run in self:
            run.can_post = is_accountant and run.state == "close" and self.env.user not in run.sudo().maker_ids

    @api.model
    def _search_can_post(self, operator, value):
        return self._search_offered("can_post", [("state", "=", "close")], operator, value)

    @api.depends("move_ids")
    def _compute_move_count(self):
        for run in self:
            run.move_count = len(run.sudo().move_ids)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        """Write; a closed batch stays as it is.

        :raises UserError: naming one that is closed, or what only the steps write
        """
        if vals.keys() & FIXED:
            self._check_state("draft")
        return super().write(vals)

    @api.model
    def _step_names(self):
        # The batch is a model of another app, which declares readonly what its form lets people enter.
        return STEP_FIELDS

    @api.model
    def _check_may_begin(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "draft") != "draft" or vals.keys() & (STEP_FIELDS - {"state"}):
                raise UserError(self.env._("The steps of a payslip batch are taken by its buttons."))

    @api.model
    def _not_edited(self):
        # Posting and cancelling are an accountant's, and make nobody a maker.
        return super()._not_edited() | {"state", "posted_by_id", "posted_at", "date", "move_id"}

    @api.model
    def _stays_in_company(self):
        return True

    def _makers(self):
        payslips = self.sudo().slip_ids
        return super()._makers() | payslips.create_uid | payslips.editor_ids

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_confirm_payslips(self):
        """Confirm the payslips of the batch that wait for it."""
        self._check_group(*PAYROLL)
        self._check_state("draft")
        for slip in self.slip_ids.filtered(lambda slip: slip.state == "verify"):
            slip.action_payslip_done()

    def close_payslip_run(self):
        """Close the batch: from now on its payslips are final.

        :raises UserError: naming payslips that are not confirmed, or say something else than what is paid
        """
        self._check_group(*PAYROLL)
        self._lock_rows()
        self._check_state("draft")
        for run in self:
            run._check_confirmed()
            run._confirmed_payslips()._check_pay()
        self.sudo().write({"closed_by_id": self.env.uid, "closed_at": fields.Datetime.now()})
        for run in self.sudo():
            payslips = run._confirmed_payslips().filtered(lambda payslip: not payslip.credit_note)
            run.base_rule_ids = payslips._base_lines().salary_rule_id
        result = super(HrPayslipRun, self.sudo()).close_payslip_run()
        self._add_editor()
        self._log_step(self.env._("Closed"))
        return result

    def draft_payslip_run(self):
        """Ask why a closed batch is opened again; a posted one is cancelled by the accountant first."""
        self._check_group(*PAYROLL)
        self._check_state("close")
        return self._ask_reason("open_again")

    def _open_again(self, reason):
        """Open closed batches again; who had closed them stays a maker, and the conversation keeps why.

        :raises UserError: without a reason, or when a batch is not closed (any more)
        """
        self._check_group(*PAYROLL)
        self._lock_rows()
        self._check_state("close")
        reason = self._check_reason(reason)
        for run in self.sudo():
            run.editor_ids |= run.closed_by_id | self.env.user
        self.sudo().write({"state": "draft", "closed_by_id": False, "closed_at": False})
        self._log_step(self.env._("Opened again (%s)", reason))

    def action_view_moves(self):
        """Show the entries of the batch."""
        return self.move_ids._rural_action_view()

    def action_view_payslips(self):
        """Show the payslips of the batch."""
        action = self.env["ir.actions.act_window"]._for_xml_id("payroll.hr_payslip_action")
        return {**action, "domain": [("payslip_run_id", "in", self.ids)], "context": {"create": False}}

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _confirmed_payslips(self):
        return self.slip_ids.filtered(lambda slip: slip.state == "done")

    def _check_confirmed(self):
        if not self._confirmed_payslips():
            raise UserError(self.env._("%s has no confirmed payslip yet.", self.name))
        open_slips = self.slip_ids.filtered(lambda slip: slip.state not in ("done", "cancel"))
        if open_slips:
            raise UserError(
                self.env._(
                    "Confirm these payslips first, or cancel them: %s", ", ".join(open_slips.mapped("employee_id.name"))
                )
            )

    def _log_step(self, step):
        for run in self.sudo():
            run.message_post(body=self.env._("%(step)s by %(person)s", step=step, person=self.env.user.name))

    def _lock_rows(self):
        """Let one person at a time close and post the payslips of a company: they look at each other."""
        for company in self.sudo().company_id:
            self.env["rural.lock"]._acquire("payslips", company)
        return super()._lock_rows()

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("slip_ids.line_ids.total", "slip_ids.credit_note", "slip_ids.state", "bonus_only")

    def _explain(self) -> dict:
        """MA-28: what the salary rules of all payslips come to, which is what the entry says."""
        self.ensure_one()
        payslips = self.sudo().slip_ids.filtered(lambda payslip: payslip.state != "cancel")
        totals = defaultdict(float)
        for line in payslips.line_ids.filtered(lambda line: not line.salary_rule_id.is_subtotal):
            totals[line.salary_rule_id] += -line.total if line.slip_id.credit_note else line.total
        if not totals:
            return {}
        return {
            "clause": "MA-28",
            "inputs": {
                rule.name: self._amount(total) for rule, total in totals.items() if not self.currency_id.is_zero(total)
            },
            "sentence": self.env._(
                "%(net)s are owed to the employees by %(count)s payslips. The entry has one item for each account.",
                net=self._amount(self.net_amount),
                count=len(payslips),
            ),
        }

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def action_post_selected(self):
        """Ask for the accounting date and post."""
        self.ensure_one()
        self._check_group(*ACCOUNTANTS)
        self._check_state("close")
        return self._ask("rural.payslip.run.post", self.env._("Post Batch"), run_id=self.id)

    def _post(self, day=None):
        """Post closed batches as an accountant who has not prepared them; return the entries.

        :param date day: accounting date, the last day of the batch by default
        :raises UserError: naming what is in the way
        """
        self._begin_step(ACCOUNTANTS, ("close",))
        moves = self.env["account.move"].sudo()
        for run in self.sudo().with_context(mail_create_nosubscribe=True):
            run._confirmed_payslips()._check_pay()
            run.company_id._rural_check_entry_day(day or run.date_end, run.date_end, run.name)
            moves += run.with_company(run.company_id)._post_one(day or run.date_end)
        self._log_step(self.env._("Posted"))
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
                # Odoo posts later than asked where that day is locked.
                "date": move.date,
                "posted_by_id": self.env.uid,
                "posted_at": fields.Datetime.now(),
            }
        )
        return move

    def _prepare_items_vals(self) -> list:
        """Return the items of the entry: what the rules of all payslips come to, by account.

        :raises UserError: when rules have no accounts, debit and credit differ, or nothing is left
        """
        lines = self._confirmed_payslips().line_ids.filtered(
            lambda line: not line.salary_rule_id.is_subtotal and not self.currency_id.is_zero(line.total)
        )
        self._check_accounts(lines)
        balances, names = defaultdict(float), defaultdict(set)
        for line in lines:
            amount = self.currency_id.round(line.total) * (-1 if line.slip_id.credit_note else 1)
            rule = line.salary_rule_id.with_company(self.company_id)
            for account, change in ((rule.account_debit_id, amount), (rule.account_credit_id, -amount)):
                if account:
                    key = self._item_partner(line.slip_id, account), account
                    balances[key] += change
                    names[key].add(line.name)
        items = [
            self._prepare_item_vals(partner, account, self.currency_id.round(balance), sorted(names[partner, account]))
            for (partner, account), balance in balances.items()
            if not self.currency_id.is_zero(balance)
        ]
        self._check_balanced(items)
        return items

    @api.model
    def _item_partner(self, payslip, account):
        """Return whose item it is: the employee's where somebody owes, and nobody's else, as pay is confidential."""
        owed = account.account_type == "asset_receivable"
        return payslip.employee_id.work_contact_id if owed else self.env["res.partner"]

    def _prepare_item_vals(self, partner, account, balance, names):
        return {
            "account_id": account.id,
            "partner_id": partner.id,
            "name": names[0] if len(names) == 1 else self.name,
            "balance": balance,
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
            rules = self._confirmed_payslips().line_ids.salary_rule_id.with_company(self.company_id)
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

    def action_cancel(self):
        """Ask for day and reason and reverse the entry."""
        self._check_group(*ACCOUNTANTS)
        self._check_state("posted")
        return self._ask_reason("cancel")

    @api.model
    def _reason_steps(self):
        return {
            **super()._reason_steps(),
            "open_again": {
                "method": "_open_again",
                "title": self.env._("Open Batch Again"),
                "button": self.env._("Open Again"),
                "help": self.env._(
                    "Payslips that are confirmed stay as they are; others can be added. Close the batch again then."
                ),
                "placeholder": self.env._("What is missing?"),
            },
            "cancel": {
                "method": "_cancel",
                "title": self.env._("Cancel Entry"),
                "button": self.env._("Reverse Entry"),
                "help": self.env._(
                    "The entry is reversed. The batch is closed then and can be opened or posted again."
                ),
                "placeholder": self.env._("What has to be put right?"),
                "day": True,
            },
        }

    def _cancel(self, reason, day=None):
        """Reverse the entries of posted batches, which are closed but not posted then.

        :param date day: accounting date of the reversal, today by default
        :raises UserError: when an entry has been reconciled with another one, such as a payment
        """
        reason = self._check_reason(reason)
        self._check_group(*ACCOUNTANTS)
        self._lock_rows()
        self._check_state("posted")
        for run in self.sudo():
            lines = run.move_id.line_ids
            if lines.matched_debit_ids or lines.matched_credit_ids:
                raise UserError(
                    self.env._(
                        "The entry of %s has been reconciled with another one. Undo the reconciliation first.",
                        run.name,
                    )
                )
            values = {
                "date": run.company_id._rural_reversal_day(day, run.date, run.name),
                "ref": self.env._("Cancellation of %s", run.name),
                "rural_payslip_run_id": run.id,
            }
            run.move_id._reverse_moves([values], cancel=True)
        self.sudo().write(
            {"state": "close", "move_id": False, "date": False, "posted_by_id": False, "posted_at": False}
        )
        self._log_step(self.env._("Entry cancelled (%s)", reason))
