from collections import defaultdict
from decimal import Decimal

import babel.dates

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from odoo.addons.rural_base.models.step_mixin import CHATTER

from .. import rules
from .hr_payslip_run import PAYROLL

#: What a confirmed payslip keeps.
FIXED = {
    *("employee_id", "contract_id", "struct_id", "company_id", "credit_note"),
    *("date_from", "date_to", "line_ids", "input_line_ids", "worked_days_line_ids"),
}
#: What stays beside it in a closed batch.
PLACED = {"state", "payslip_run_id"}
#: What people may still write in a confirmed payslip: its conversation, and how its lines are shown.
SHOWN = CHATTER | {"hide_child_lines", "hide_invisible_lines"}
#: Category of what the company pays beside the wage: in the books, but not in the net pay.
COMPANY_CONTRIBUTION = "COMP"
#: Codes of the rules that take over what the payslip before could not deduct, and carry what this one cannot.
CARRIED_IN, CARRIED_OUT = "CARRY_IN", "CARRY_OUT"


class HrPayslip(models.Model):
    """A confirmed payslip stays as it is; what was wrong is put right on a later one (MA-28)."""

    _name = "hr.payslip"
    _inherit = ["hr.payslip", "rural.editor.mixin"]

    refunded_id = fields.Many2one(copy=False)
    state = fields.Selection(selection_add=[("cancel", "Cancelled")])
    compute_date = fields.Date("Computed On")
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one(related="payslip_run_id.move_id", string="Journal Entry")
    carried_amount = fields.Monetary(
        "Carried to the Next Payslip",
        compute="_compute_carried_amount",
        help="What deductions take beyond the pay: nobody pays a negative wage, so the next payslip takes it (MA-28).",
    )
    reads_worked_days = fields.Boolean(
        compute="_compute_reads_worked_days",
        compute_sudo=True,
        help="Whether a rule of its structure pays by worked days of the calendar; ours pay by Chinese working days.",
    )

    @api.depends("line_ids.total")
    def _compute_carried_amount(self):
        for payslip in self:
            payslip.carried_amount = payslip.get_salary_line_total(CARRIED_OUT)

    @api.depends("struct_id")
    def _compute_reads_worked_days(self):
        for structure, payslips in self.grouped("struct_id").items():
            rules_of_structure = structure.get_structure_with_parents().get_all_rules()
            payslips.reads_worked_days = any(rule._reads_worked_days() for rule in rules_of_structure)

    def _compute_name(self):
        """Name payslips in the language of who makes them."""
        result = super()._compute_name()
        locale = babel.Locale.parse(get_lang(self.env).code)
        for payslip in self.filtered("employee_id"):
            month = babel.dates.format_skeleton("yMMMM", payslip.date_from, locale=locale)
            payslip.name = self.env._("Payslip of %(name)s, %(month)s", name=payslip.employee_id.name, month=month)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Create drafts outside closed batches."""
        payslips = super().create(vals_list)
        payslips._check_batch_open()
        if not self.env.su and payslips.filtered(lambda slip: slip.state != "draft" or slip.refunded_id or slip.paid):
            raise UserError(self.env._("A payslip begins as a draft; its steps are taken by its buttons."))
        return payslips

    def write(self, vals):
        """Write, but nothing of a confirmed payslip or one in a closed batch but how it is shown (MA-28)."""
        if not self.env.su:
            self._check_by_hand(vals)
        if vals.keys() & FIXED:
            self._check_open()
        if vals.keys() & PLACED:
            self._check_batch_open()
        result = super().write(vals)
        if vals.get("payslip_run_id"):
            self._check_batch_open()
        return result

    def unlink(self):
        """Delete payslips that are not confirmed, outside closed batches."""
        self._check_deletable()
        return super().unlink()

    def refund_sheet(self):
        """Refund confirmed payslips once, and name refunds in the language of who makes them.

        :raises UserError: naming one that is not confirmed, is refunded already, or is a refund itself
        """
        for payslip in self:
            refunded = payslip.refunded_id.filtered(lambda refund: refund.state != "cancel")
            if payslip.state != "done" or payslip.credit_note or refunded:
                raise UserError(
                    self.env._(
                        "%s cannot be refunded: only a confirmed payslip can, once, and no refund.",
                        payslip.display_name,
                    )
                )
        self.check_access("write")
        # People do not write by which refund a payslip is taken back: the step does.
        action = super(HrPayslip, self.sudo()).refund_sheet()
        for payslip in self.sudo():
            payslip.refunded_id.name = self.env._("Refund: %s", payslip.name)
        return {**action, "name": self.env._("Refunds")}

    def _get_lines_dict(self, rule, localdict, lines_dict, key, values, previous_amount):
        """Round each line once, so that what adds lines up says the sum of what they say."""
        localdict, lines_dict = super()._get_lines_dict(rule, localdict, lines_dict, key, values, previous_amount)
        exact = values["total"]
        values["total"] = lines_dict[key]["total"] = total = self.company_id.currency_id.round(exact)
        if rule.code:
            localdict[rule.code] = total
        if parts := self._parts_of(rule):
            lines_dict |= self._split_by_period(key, lines_dict.pop(key), parts)
        return self._sum_salary_rule_category(localdict, rule.category_id, total - exact), lines_dict

    def _parts_of(self, rule) -> list[tuple]:
        """Hook: return what a rule pays for each period: first day, Decimal yuan, name of the line; empty: one line."""
        name = rule.difference_of_id.name
        return [(first, amount, f"{name} {first:%Y-%m}") for first, amount in self._differences(rule)] if name else []

    @api.model
    def _split_by_period(self, key, values, parts) -> dict:
        """Return a line for each part in place of their sum."""
        return {
            f"{key}-{first}": {
                **values,
                "name": name,
                "amount": float(amount),
                "total": float(amount),
                "quantity": 1.0,
                "rate": 100.0,
                "period": first,
            }
            for first, amount, name in parts
        }

    def action_own_batch(self):
        """Put confirmed payslips outside any batch in a closed batch of their own, for an accountant to post (MA-28).

        :raises UserError: when one is not confirmed, or is in a batch already
        """
        runs = self.env["hr.payslip.run"]
        runs._check_group(*PAYROLL)
        for payslip in self:
            if payslip.state != "done" or payslip.payslip_run_id:
                raise UserError(
                    self.env._(
                        "%s: only a confirmed payslip outside any batch gets a batch of its own.", payslip.display_name
                    )
                )
        for company, payslips in self.grouped("company_id").items():
            run = runs.create({**payslips._prepare_own_batch_vals(), "company_id": company.id})
            payslips.payslip_run_id = run
            run.close_payslip_run()
            runs += run
        return runs._get_records_action()

    def _prepare_own_batch_vals(self) -> dict:
        """Return the values of a batch of these payslips alone."""
        first, last = min(self.mapped("date_from")), max(self.mapped("date_to"))
        # Not by the person, whose pay would be told by the entry.
        return {
            "name": self.env._("Single payslips %(first)s – %(last)s", first=first, last=last),
            "date_start": first,
            "date_end": last,
            "credit_note": all(self.mapped("credit_note")),
        }

    def action_view_rural_payroll_items(self):
        """Show the journal items that the batches of the payslips made."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [("move_id", "in", self.move_id.ids)],
            "context": {"create": False},
        }

    @api.model
    def _stays_in_company(self):
        return True

    def _check_by_hand(self, vals):
        """Refuse what people do not write in a payslip, or do not write any more (MA-28).

        :raises UserError: naming the payslip
        """
        names = vals.keys() - SHOWN
        if names & {"refunded_id", "paid"}:
            raise UserError(self.env._("A payslip begins as a draft; its steps are taken by its buttons."))
        if names - PLACED:
            self._check_open()
        for payslip in self if "state" in names else ():
            is_cancelled = vals["state"] == "cancel" and payslip.allow_cancel_payslips
            if payslip.state == "done" and vals["state"] != "done" and not is_cancelled:
                payslip._check_open()
            elif vals["state"] == "done" and payslip.state not in ("verify", "done"):
                raise UserError(self.env._("Compute %s first, and confirm it then.", payslip.display_name))

    def _check_deletable(self):
        self._check_open()
        for payslip in self:
            if payslip.state == "verify":
                raise UserError(
                    self.env._("%s is computed. Set it back to draft first, or cancel it.", payslip.display_name)
                )

    def _check_open(self):
        """Refuse to change a payslip that is confirmed, or whose batch is closed (MA-28).

        :raises UserError: naming the payslip
        """
        self._check_batch_open()
        for payslip in self.sudo():
            if payslip.state == "done":
                raise UserError(
                    self.env._(
                        "%s is confirmed and stays as it is. Put the amount right on the next payslip.",
                        payslip.display_name,
                    )
                )

    def _check_pay(self):
        """Hook: refuse payslips to be closed or posted that say something else than what is paid (MA-28).

        :raises UserError: naming one whose lines do not add up to its net pay, whose net pay is negative, or whose
            base is paid twice
        """
        self._check_net_not_negative()
        self._check_base_paid_once()
        for payslip in self:
            paid, net = payslip._paid_amount(), payslip.get_salary_line_total("NET")
            currency = payslip.company_id.currency_id
            if "NET" in payslip.line_ids.mapped("code") and currency.compare_amounts(paid, net):
                raise UserError(
                    self.env._(
                        "%(payslip)s says a net pay of %(net)s, but its lines come to %(paid)s. Compute it again; "
                        "mark rules that only add others up as subtotals.",
                        payslip=payslip.display_name,
                        net=currency.format(net),
                        paid=currency.format(paid),
                    )
                )

    def _check_net_not_negative(self):
        for payslip in self.filtered(lambda payslip: not payslip.credit_note):
            currency, net = payslip.company_id.currency_id, payslip.get_salary_line_total("NET")
            if currency.compare_amounts(net, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(payslip)s has a net pay of %(net)s, and nobody pays that. Its structure, %(structure)s, "
                        "needs a rule %(rule)s carrying what is too much to the next payslip. Then compute it again.",
                        payslip=payslip.display_name,
                        net=currency.format(net),
                        structure=payslip.struct_id.name or "–",
                        rule=CARRIED_OUT,
                    )
                )

    # ------------------------------------------------------------------
    # A base is paid once, and for the days employed (MA-28)
    # ------------------------------------------------------------------

    def _check_base_paid_once(self):
        for payslip in self.filtered(lambda payslip: not payslip.credit_note and payslip._base_lines()):
            for other in payslip._payslips_with_base():
                raise UserError(
                    self.env._(
                        "%(payslip)s pays a base wage that %(other)s of the batch %(run)s pays already. Compute it "
                        "again: the base of a period is paid once.",
                        payslip=payslip.display_name,
                        other=other.display_name,
                        run=other.payslip_run_id.name or "–",
                    )
                )

    def _pays_base(self) -> bool:
        """Tell whether the payslip is the one that pays the base of its period: no other does, nor bonuses alone."""
        self.ensure_one()
        return self.credit_note or not (self.payslip_run_id.bonus_only or self._payslips_with_base())

    def _base_lines(self):
        return self.line_ids.filtered(lambda line: line.salary_rule_id.is_base and line.total)

    def _payslips_with_base(self):
        """Return other payslips of the person that pay the base of a day of the same period."""
        self.ensure_one()
        others = self.sudo().search(
            [
                ("id", "not in", self.ids),
                ("employee_id", "in", self.employee_id._same_person().ids),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
                ("state", "in", ("verify", "done")),
                ("credit_note", "=", False),
            ]
        )
        return (
            others.filtered(
                lambda payslip: (
                    payslip._base_lines() and not payslip.refunded_id.filtered(lambda refund: refund.state != "cancel")
                )
            )
            | self._payslips_with_differences()
        )

    def _period_pay(self, name, contract) -> float:
        """Return what the payslip pays of a monthly amount of the contract, yuan, for its salary rules (MA-28).

        Each version of the contract within the period counts by its working days, and is rounded by itself.

        :param str name: field of the contract with the monthly amount
        """
        self.ensure_one()
        versions = self.employee_id.sudo().version_ids if self.contract_id else contract.sudo()
        return float(self._pay_of(name, versions, self.date_from, self.date_to))

    def _pay_of(self, name, versions, first_day, last_day) -> Decimal:
        """Return what versions of contracts pay of a monthly amount for a period, yuan.

        A day that several records of the person are employed on counts once, by the record that is in use and older.
        """
        total, counted = Decimal(0), []
        of_records = versions.filtered("contract_date_start").grouped("employee_id")
        for employee in sorted(of_records, key=lambda employee: (not employee.active, employee.id)):
            spans = []
            for version in of_records[employee]:
                ends = [day for day in (version.date_end, employee.departure_date, last_day) if day]
                first, last = max(version.date_start, first_day), min(ends)
                if first > last:
                    continue
                spans.append((first, last))
                for begin, end in rules.days_beside(first, last, counted):
                    total += rules.part_of_month(Decimal(str(version[name])), begin, end, first_day, last_day)
            counted += spans
        return total

    # ------------------------------------------------------------------
    # What is known of earlier periods now (MA-28)
    # ------------------------------------------------------------------

    def _differences(self, rule) -> list[tuple]:
        """Return what earlier periods are worth now less what was paid for them: (first day, Decimal yuan).

        Earlier are the periods whose base has been paid by a closed batch; and the payslip's own, where another one
        pays its base. A batch of bonuses, and a refund, look at none.
        """
        self.ensure_one()
        if self.credit_note or self.payslip_run_id.bonus_only:
            return []
        base, versions = rule.difference_of_id, self.employee_id._same_person().version_ids
        differences, paid = [], self._paid_by_day(base | rule)
        for first, last in self._paid_periods(base):
            due = self._pay_of(rule.monthly_field, versions, first, last)
            given = sum((amount for day, amount in paid.items() if first <= day <= last), Decimal(0))
            if due != given:
                differences.append((first, due - given))
        return differences

    def _differences_in(self, run) -> Decimal:
        """Return the differences that another payslip of the person would pay in a batch, yuan."""
        self.ensure_one()
        payslip = self.new(
            {
                "employee_id": self.employee_id.id,
                "company_id": run.company_id.id,
                "date_from": run.date_start,
                "date_to": run.date_end,
            }
        )
        rules = self.struct_id.get_structure_with_parents().get_all_rules().filtered("difference_of_id")
        return sum((amount for rule in rules for _first, amount in payslip._differences(rule)), Decimal(0))

    def _paid_periods(self, base) -> list[tuple]:
        """Return first and last day of the periods whose base closed batches have paid to whomever, in order."""
        runs = self.env["hr.payslip.run"].sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("close", "posted")),
                ("base_rule_ids", "in", base.ids),
                ("date_end", "<=", self.date_to),
            ]
        )  # fmt: skip
        periods = {(run.date_start, run.date_end) for run in runs}
        if self._pays_base():
            periods.discard((self.date_from, self.date_to))
        return sorted(periods)

    def _paid_by_day(self, rules) -> dict:
        """Return what the person has been paid by rules, by the first day of the period that it was paid for."""
        lines = self.env["hr.payslip.line"].sudo().search(
            [
                ("slip_id.employee_id", "in", self.employee_id._same_person().ids),
                ("slip_id.company_id", "=", self.company_id.id),
                ("slip_id", "not in", self.ids),
                ("slip_id.state", "in", ("verify", "done")),
                ("salary_rule_id", "in", rules.ids),
            ]
        )  # fmt: skip
        paid = defaultdict(Decimal)
        for line in lines:
            amount = Decimal(str(line.total))
            paid[line.period or line.slip_id.date_from] += -amount if line.slip_id.credit_note else amount
        return paid

    def _payslips_with_differences(self):
        """Return later payslips of the person that have paid the base of the period as a difference already."""
        lines = self.env["hr.payslip.line"].sudo().search(
            [
                ("slip_id.employee_id", "in", self.employee_id._same_person().ids),
                ("slip_id", "not in", self.ids),
                ("slip_id.state", "in", ("verify", "done")),
                ("slip_id.credit_note", "=", False),
                ("salary_rule_id.difference_of_id.is_base", "=", True),
                ("period", ">=", self.date_from),
                ("period", "<=", self.date_to),
                ("total", ">", 0),
            ]
        )  # fmt: skip
        payslips = lines.slip_id
        return payslips.filtered(lambda slip: not slip.refunded_id.filtered(lambda refund: refund.state != "cancel"))

    def _get_employee_contracts(self):
        """Return the contracts to compute by: also that of somebody who has left, where it is chosen (MA-28).

        One that has not begun by the end of the period pays nothing.
        """
        contracts = super()._get_employee_contracts()
        for payslip in self:
            chosen = payslip.contract_id
            if chosen and (not chosen.contract_date_start or chosen.contract_date_start <= payslip.date_to):
                contracts |= chosen
        return contracts

    # ------------------------------------------------------------------
    # What cannot be deducted is carried to the next payslip (MA-28)
    # ------------------------------------------------------------------

    def _carried_over(self) -> float:
        """Return what earlier payslips of the person could not deduct and no other has taken over yet, yuan."""
        self.ensure_one()
        lines = self.env["hr.payslip.line"].sudo().search(
            [
                ("slip_id.employee_id", "=", self.employee_id.id),
                ("slip_id.company_id", "=", self.company_id.id),
                ("slip_id", "not in", self.ids),
                "|",
                "&", ("code", "=", CARRIED_OUT), ("slip_id.state", "=", "done"),
                "&", ("code", "=", CARRIED_IN), ("slip_id.state", "in", ("verify", "done")),
            ]
        )  # fmt: skip
        carried = sum((-1 if line.slip_id.credit_note else 1) * line.total for line in lines)
        return max(self.company_id.currency_id.round(carried), 0.0)

    def _paid_amount(self) -> float:
        """Return what the lines come to that are entered in the books and are the employee's."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: not line.salary_rule_id.is_subtotal)
        lines = lines.filtered(lambda line: line.category_id.code != COMPANY_CONTRIBUTION)
        return sum(map(self.company_id.currency_id.round, lines.mapped("total")))

    def _check_batch_open(self):
        """Refuse to touch payslips of a batch that is closed or posted.

        :raises UserError: naming the batch
        """
        for payslip in self.sudo():
            run = payslip.payslip_run_id
            if run.state in ("close", "posted"):
                raise UserError(
                    self.env._(
                        "%(payslip)s belongs to the batch %(run)s, which is closed. Set the batch back to draft "
                        "first, or put the amount right on the next payslip.",
                        payslip=payslip.display_name,
                        run=run.name,
                    )
                )
