from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .rural_bonus_run import FINAL

PAYROLL = ("payroll.group_payroll_manager",)


class RuralBonusRun(models.Model):
    """Approved lines go into the payslips of an open batch, and out again as long as it is open (MA-28)."""

    _inherit = "rural.bonus.run"

    move_count = fields.Integer("Entries", compute="_compute_move_count")

    def _compute_move_count(self):
        for run in self:
            run.move_count = len(run._batches().move_ids)

    def _batches(self):
        return self.sudo().line_ids.payslip_id.payslip_run_id

    def action_view_moves(self):
        """Show the entries of the batches in which the lines are."""
        self.check_access("read")
        return self._batches().action_view_moves()

    def action_put_in_payslips(self):
        """Ask for the batch of payslips."""
        self._check_group(*PAYROLL)
        self._check_state("approved")
        return self._ask("rural.bonus.to.payslips", self.env._("Put in Payslips"), run_ids=[Command.set(self.ids)])

    def action_take_out_of_payslips(self):
        """Take the lines out of payslips whose batch is still open."""
        self._check_group(*PAYROLL)
        self._check_state("in_payslips")
        lines = self.sudo().line_ids.filtered("payslip_id")
        payslips = lines.payslip_id
        payslips._check_batch_open()
        done = payslips.filtered(lambda payslip: payslip.state == "done")
        if done:
            raise UserError(
                self.env._("These payslips are confirmed already: %s", ", ".join(done.mapped("employee_id.name")))
            )
        lines.payslip_id = False
        for payslip in payslips:
            payslip._refresh_bonus_inputs()
        payslips.compute_sheet()
        self._update_payslip_state()

    def _payable_lines(self):
        """Return the lines to pay: the run's own, and those that were deferred to it (MA-27)."""
        lines = self.sudo().line_ids.filtered(lambda line: not line.deferred)
        for run in self.sudo().filtered(lambda run: run.kind == "year"):
            leavers = self.env["rural.bonus.computation"].sudo()._leavers(run.date_to, run.company_id)
            lines |= lines.search(
                [
                    ("company_id", "=", run.company_id.id),
                    ("kind", "=", "year"),
                    ("deferred", "=", True),
                    ("state", "in", FINAL),
                    ("period", "<", run.date_from),
                    ("employee_id", "not in", list(leavers)),
                ]
            )
        return lines.filtered(lambda line: line.amount and not line.payslip_id)

    def _put_in_payslips(self, batch):
        """Put the lines into the payslips of an open batch; whoever has none there gets one.

        :raises UserError: naming persons without a contract, or with a payslip that is confirmed already
        """
        self._check_group(*PAYROLL)
        self._lock()
        self._check_state("approved")
        batch._check_state("draft")
        payslips = self.env["hr.payslip"].sudo()
        structure = self.env["hr.payroll.structure"]._rural_bonus_structure(self.company_id)
        for employee, lines in self._payable_lines().grouped("employee_id").items():
            payslip = self._payslip_of(employee, batch.sudo(), structure)
            lines.payslip_id = payslip
            payslips |= payslip
        payslips.with_company(self.company_id).compute_sheet()
        self.sudo().write({"state": "in_payslips"})

    def _payslip_of(self, employee, batch, structure):
        payslip = batch.slip_ids.filtered(lambda slip: slip.employee_id == employee and slip.state != "cancel")[:1]
        if payslip.state == "done":
            raise UserError(
                self.env._("The payslip of %s in this batch is confirmed already. Choose a later batch.", employee.name)
            )
        if payslip:
            return payslip
        found = (
            self.env["hr.payslip"]
            .sudo()
            .get_payslip_vals(batch.date_start, batch.date_end, employee.id, struct_id=[structure.id])["value"]
        )
        if not found.get("contract_id"):
            raise UserError(self.env._("%s has no contract in the period of the batch.", employee.name))
        payslip = (
            self.env["hr.payslip"]
            .with_user(self.env.user)
            .sudo()
            .create(
                {
                    "employee_id": employee.id,
                    "contract_id": found["contract_id"],
                    "struct_id": structure.id,
                    "payslip_run_id": batch.id,
                    "date_from": batch.date_start,
                    "date_to": batch.date_end,
                    "company_id": batch.company_id.id,
                    "input_line_ids": [Command.create(vals) for vals in found["input_line_ids"]],
                    "worked_days_line_ids": [Command.create(vals) for vals in found["worked_days_line_ids"]],
                }
            )
        )
        payslip._compute_name()
        return payslip

    def _update_payslip_state(self):
        """Bring the state up to date when lines went into payslips, or came out."""
        for run in self.sudo().filtered(lambda run: run.state in FINAL):
            waiting = run.line_ids.filtered(lambda line: line.amount and not line.deferred and not line.payslip_id)
            run.state = "approved" if waiting else "in_payslips"
