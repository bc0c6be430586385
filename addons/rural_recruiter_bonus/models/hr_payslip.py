from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class HrPayslip(models.Model):
    """Bonus lines flow in as inputs, one for each clause; the inputs always say what the lines say (MA-28)."""

    _inherit = "hr.payslip"

    rural_bonus_line_ids = fields.One2many("rural.bonus.line", "payslip_id", "Bonus Lines", readonly=True)

    def compute_sheet(self):
        """Bring the inputs up to date with the bonus lines, then compute."""
        for payslip in self.filtered("rural_bonus_line_ids"):
            payslip._refresh_bonus_inputs()
        return super().compute_sheet()

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
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_recruiter_bonus.action_rural_bonus_line")
        return {**action, "domain": [("payslip_id", "in", self.ids)], "context": {}}

    def _release_bonus_lines(self):
        lines = self.env["rural.bonus.line"].sudo().search([("payslip_id", "in", self.ids)])
        lines.payslip_id = False
        lines.run_id._update_payslip_state()

    def _refresh_bonus_inputs(self):
        """Let the payslip have one input for each clause of its bonus lines, with their sum."""
        self.ensure_one()
        lines = self.sudo().rural_bonus_line_ids
        codes = {clause: self._bonus_code(clause) for clause in dict(lines._fields["clause"].selection)}
        present = self.input_line_ids.filtered(lambda entry: entry.code in codes.values())
        commands = [Command.delete(entry.id) for entry in present]
        for clause, its_lines in lines.grouped("clause").items():
            total = sum((Decimal(str(line.amount)) for line in its_lines), Decimal(0))
            commands.append(Command.create(self._prepare_bonus_input_vals(clause, codes[clause], total)))
        self.write({"input_line_ids": commands})

    def _prepare_bonus_input_vals(self, clause, code, total) -> dict:
        if not self.contract_id:
            raise UserError(self.env._("%s has no contract in the period of the payslip.", self.employee_id.name))
        rule = self.env["hr.rule.input"].sudo().search([("code", "=", code)], limit=1).input_id
        return {
            "name": rule.name or clause,
            "code": code,
            "amount": float(total),
            "contract_id": self.contract_id.id,
        }

    def _bonus_code(self, clause) -> str:
        return clause.replace("-", "")
