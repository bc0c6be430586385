from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import get_lang

from odoo.addons.rural_base.percent import percent

#: Codes of what is taken from the wage to make good a damage.
COMPENSATIONS = ("MA41",)


class HrPayslip(models.Model):
    """Bonus lines flow in as inputs, one for each clause; the inputs always come to what the lines say (MA-28)."""

    _inherit = "hr.payslip"

    rural_bonus_line_ids = fields.One2many("rural.bonus.line", "payslip_id", "Bonus Lines", readonly=True)
    compensation_warning = fields.Text(
        compute="_compute_compensation_warning",
        help="Compensations of a month may take a part of its wage only; what is above is warned of (MA-28).",
    )

    @api.depends("line_ids.total", "date_from", "employee_id")
    @api.depends_context("lang")
    def _compute_compensation_warning(self):
        parameters = self.env["rural.parameter"].sudo()
        for payslip in self:
            taken = -sum(payslip.line_ids.filtered(lambda line: line.code in COMPENSATIONS).mapped("total"))
            currency = payslip.company_id.currency_id
            if payslip.credit_note or currency.compare_amounts(taken, 0) <= 0:
                payslip.compensation_warning = False
                continue
            share = parameters._value_on("payslip_compensation_share", payslip.date_from, payslip.company_id).value
            wage = sum((payslip | payslip._payslips_with_base())._base_lines().mapped("total"))
            above = currency.compare_amounts(taken, wage * share) > 0
            payslip.compensation_warning = above and self.env._(
                "Compensations of %(taken)s are more than %(share)s of the month's wage of %(wage)s, and the minimum "
                "wage of the city has to be left. Agree with the person on a longer time.",
                taken=currency.format(taken),
                share=percent(Decimal(str(share))),
                wage=currency.format(wage),
            )

    def compute_sheet(self):
        """Bring the inputs up to date with the bonus lines, then compute.

        :raises UserError: when the structure does not pay what the bonus lines say
        """
        for payslip in self.filtered(lambda payslip: not payslip.credit_note):
            payslip._refresh_bonus_inputs()
        result = super().compute_sheet()
        self._check_bonus()
        return result

    def refund_sheet(self):
        """Refund, and let the bonus lines go into another payslip."""
        action = super().refund_sheet()
        self._release_bonus_lines()
        return action

    def action_payslip_cancel(self):
        """Cancel, and let the bonus lines go into another payslip."""
        result = super().action_payslip_cancel()
        self._release_bonus_lines()
        return result

    def unlink(self):
        """Delete, and let the bonus lines go into another payslip."""
        self._release_bonus_lines()
        return super().unlink()

    def action_view_rural_bonus_lines(self):
        """Show the bonus lines of the payslips."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_recruiter_bonus.action_bonus_line")
        return {**action, "domain": [("payslip_id", "in", self.ids)], "context": {}}

    def _release_bonus_lines(self):
        self.env["rural.bonus.line"].sudo().search([("payslip_id", "in", self.ids)])._take_out()

    def _refresh_bonus_inputs(self):
        """Let the payslip have one input for each clause of its bonus lines, with their sum."""
        self.ensure_one()
        codes = self._bonus_codes()
        present = self.input_line_ids.filtered(lambda entry: entry.code in codes.values())
        commands = [Command.delete(entry.id) for entry in present]
        for clause, total in self._bonus_sums().items():
            commands.append(Command.create(self._prepare_bonus_input_vals(clause, codes[clause], total)))
        if commands:
            self.write({"input_line_ids": commands})

    def _prepare_bonus_input_vals(self, clause, code, total) -> dict:
        if not self.contract_id:
            raise UserError(self.env._("%s has no contract in the period of the payslip.", self.employee_id.name))
        rule = self.env["hr.rule.input"].sudo().search([("code", "=", code)], limit=1).input_id
        # It is kept as it is called in the language of who makes the payslip.
        rule = rule.with_context(lang=get_lang(self.env).code)
        return {
            "name": rule.name or clause,
            "code": code,
            "amount": float(total),
            "contract_id": self.contract_id.id,
        }

    def _bonus_codes(self) -> dict:
        """Return by clause the code of its input and its salary rule."""
        clauses = self.env["rural.bonus.line"]._fields["clause"].get_values(self.env)
        return {clause: clause.replace("-", "") for clause in clauses}

    def _parts_of(self, rule):
        """Let a bonus have a line for each period that it is for: corrections keep theirs (MA-28)."""
        clause = {code: clause for clause, code in self._bonus_codes().items()}.get(rule.code)
        lines = self.sudo().rural_bonus_line_ids.filtered(lambda line: line.clause == clause)
        if not lines:
            return super()._parts_of(rule)
        by_period = lines.sorted("period").grouped("period")
        sums = {
            period: sum((Decimal(str(line.amount)) for line in of_period), Decimal(0))
            for period, of_period in by_period.items()
        }
        return [
            (period, amount, f"{rule.name} {by_period[period][0].period_label}")
            for period, amount in sums.items()
            if amount
        ]

    def _bonus_sums(self) -> dict:
        sums = defaultdict(Decimal)
        for line in self.sudo().rural_bonus_line_ids:
            sums[line.clause] += Decimal(str(line.amount))
        return sums

    # ------------------------------------------------------------------
    # What is paid is what was approved
    # ------------------------------------------------------------------

    def _check_pay(self):
        result = super()._check_pay()
        self._check_bonus()
        return result

    def _check_bonus(self):
        """Refuse payslips that pay something else than their bonus lines say (MA-28).

        :raises UserError: naming the person and what would be lost or paid without approval
        """
        labels = dict(self.env["rural.bonus.line"]._fields["clause"]._description_selection(self.env))
        for payslip in self:
            differences = [
                self.env._(
                    "%(clause)s: %(paid)s instead of %(due)s",
                    clause=labels[clause],
                    paid=f"{paid:.2f}",
                    due=f"{due:.2f}",
                )
                for clause, paid, due in payslip._bonus_differences()
            ]
            if differences:
                raise UserError(
                    self.env._(
                        "The payslip of %(person)s does not pay what was approved: %(differences)s. Its structure, "
                        "%(structure)s, needs a rule for each of them; then compute it again.",
                        person=payslip.employee_id.name,
                        differences=", ".join(differences),
                        structure=payslip.struct_id.name or "–",
                    )
                )

    def _bonus_differences(self):
        """Give clause, what inputs and lines come to, and what is due, where they are not the same."""
        due = self._bonus_due()
        for clause, code in self._bonus_codes().items():
            for entries, field in ((self.input_line_ids, "amount"), (self.line_ids, "total")):
                amounts = entries.filtered(lambda entry, code=code: entry.code == code).mapped(field)
                paid = sum((Decimal(str(amount)) for amount in amounts), Decimal(0))
                if paid != due[clause]:
                    yield clause, paid, due[clause]
                    break

    def _bonus_due(self) -> dict:
        """Return what is due by clause: what the bonus lines say; a refund takes back what its payslip paid."""
        twin = self.sudo().refunded_id.filtered(lambda refund: refund.state != "cancel")
        if self.credit_note:
            twin = self.sudo().search([("refunded_id", "=", self.id)], limit=1)
        if not twin:
            return self._bonus_sums()
        return defaultdict(
            Decimal,
            {clause: Decimal(str(twin.get_salary_line_total(code))) for clause, code in self._bonus_codes().items()},
        )
