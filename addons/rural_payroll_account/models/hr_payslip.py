import babel.dates

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from .hr_payslip_run import PAYROLL

#: What a confirmed payslip says.
SAID = {
    *("employee_id", "contract_id", "struct_id", "company_id", "credit_note"),
    *("date_from", "date_to", "line_ids", "input_line_ids", "worked_days_line_ids"),
}
#: What stays beside it in a closed batch.
PLACED = {"state", "payslip_run_id"}
#: Category of what the company pays beside the wage: in the books, but not in the net pay.
COMPANY_CONTRIBUTION = "COMP"


class HrPayslip(models.Model):
    """A confirmed payslip stays as it is; what was wrong is put right on a later one (MA-28)."""

    _inherit = "hr.payslip"

    move_id = fields.Many2one(related="payslip_run_id.move_id", string="Journal Entry")

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
        """Create payslips outside closed batches."""
        payslips = super().create(vals_list)
        payslips._check_batch_open()
        return payslips

    def write(self, vals):
        """Write, but not what a confirmed payslip says, nor the state of one in a closed batch."""
        if vals.keys() & SAID:
            self._check_open()
        if vals.keys() & PLACED:
            self._check_batch_open()
        result = super().write(vals)
        if vals.get("payslip_run_id"):
            self._check_batch_open()
        return result

    def unlink(self):
        """Delete payslips outside closed batches."""
        self._check_batch_open()
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
        action = super().refund_sheet()
        for payslip in self:
            payslip.refunded_id.name = self.env._("Refund of %s", payslip.name)
        return {**action, "name": self.env._("Refunds")}

    def _get_lines_dict(self, rule, localdict, lines_dict, key, values, previous_amount):
        """Round each line once, so that what adds lines up says the sum of what they say."""
        localdict, lines_dict = super()._get_lines_dict(rule, localdict, lines_dict, key, values, previous_amount)
        exact = values["total"]
        values["total"] = lines_dict[key]["total"] = total = self.company_id.currency_id.round(exact)
        if rule.code:
            localdict[rule.code] = total
        return self._sum_salary_rule_category(localdict, rule.category_id, total - exact), lines_dict

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
        together = self.env._("Single payslips %(first)s – %(last)s", first=first, last=last)
        return {
            "name": self.display_name if len(self) == 1 else together,
            "date_start": first,
            "date_end": last,
            "credit_note": all(self.mapped("credit_note")),
        }

    def action_view_rural_payroll_items(self):
        """Show the journal items that the payslips made."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [("rural_payslip_id", "in", self.ids)],
            "context": {"create": False},
        }

    def _check_open(self):
        """Refuse to touch what a payslip says that is confirmed, or whose batch is closed (MA-28).

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

        :raises UserError: naming one whose lines do not add up to its net pay
        """
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
