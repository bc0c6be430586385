from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .bonus_run import FINAL

PAYROLL = ("payroll.group_payroll_manager",)


class RuralBonusRun(models.Model):
    """Approved lines go into the payslips of an open batch, and out again as long as it is open (MA-28)."""

    _inherit = "rural.bonus.run"

    paid_line_ids = fields.One2many(
        "rural.bonus.line", "paid_by_run_id", "Lines in Payslips", readonly=True,
        help="The run's own, and those that were deferred to it.",
    )  # fmt: skip
    payslip_count = fields.Integer(compute="_compute_payslip_count")
    payable_count = fields.Integer("Not in Payslips", compute="_compute_payslip_count")
    move_count = fields.Integer("Entries", compute="_compute_move_count")

    @api.depends("state", "paid_line_ids.payslip_id")
    def _compute_payslip_count(self):
        for run in self:
            run.payslip_count = len(run.sudo().paid_line_ids.payslip_id)
            run.payable_count = len(run._payable_lines()) if run.state == "approved" else 0

    def _compute_move_count(self):
        for run in self:
            run.move_count = len(run._batches().move_ids)

    def _batches(self):
        return self.sudo().paid_line_ids.payslip_id.payslip_run_id

    def action_view_payslips(self):
        """Show the payslips in which the lines are."""
        action = self.env["ir.actions.act_window"]._for_xml_id("payroll.hr_payslip_action")
        payslips = self.paid_line_ids.payslip_id
        return {**action, "domain": [("id", "in", payslips.ids)], "context": {"create": False}}

    def action_view_payable_lines(self):
        """Show the lines that are in no payslip yet."""
        return {**self.action_view_lines(), "domain": [("id", "in", self._payable_lines().ids)]}

    def action_view_moves(self):
        """Show the entries of the batches in which the lines are."""
        self.check_access("read")
        return self._batches().action_view_moves()

    def action_put_in_payslips(self):
        """Ask for the batch of payslips; where none is open, open a new one to be filled in first."""
        self._check_group(*PAYROLL)
        self._check_state("approved")
        if not self._open_batches():
            return self._ask_for_batch()
        return self._ask("rural.bonus.to.payslips", self.env._("Put in Payslips"), run_ids=[Command.set(self.ids)])

    def _open_batches(self):
        """Return the open batches of the company, which bonuses can go into."""
        return self.env["hr.payslip.run"].search([("state", "=", "draft"), ("company_id", "in", self.company_id.ids)])

    def _ask_for_batch(self):
        """Return the action that says that a batch has to be made first, and opens a new one of the month."""
        last = max(self.mapped("date_to"))
        action = self.env["ir.actions.act_window"]._for_xml_id("payroll.hr_payslip_run_action")
        return self._show_warning(
            self.env._(
                "No payslip batch is open. Fill in and save this one, or one of a later month, and then put the bonus "
                "in payslips."
            ),
            next={
                **action,
                "views": [(False, "form")],
                "view_mode": "form",
                "context": {
                    "default_name": f"{last:%Y-%m}",
                    "default_company_id": self.company_id[:1].id,
                    "default_date_start": fields.Date.to_string(last.replace(day=1)),
                    "default_date_end": fields.Date.to_string(last),
                },
            },
        )

    def action_take_out_of_payslips(self):
        """Take the lines out of payslips whose batch is still open."""
        self._check_group(*PAYROLL)
        self._check_state(*FINAL)
        lines = self.sudo().paid_line_ids.filtered("payslip_id")
        payslips = lines.payslip_id
        self._lock()
        payslips._check_batch_open()
        done = payslips.filtered(lambda payslip: payslip.state == "done")
        if done:
            raise UserError(
                self.env._("These payslips are confirmed already: %s", ", ".join(done.mapped("employee_id.name")))
            )
        lines._take_out()
        payslips.compute_sheet()

    def _payable_lines(self):
        """Return the lines still to pay: the run's own, and those that were deferred to it (MA-27).

        Who has left by then loses what was deferred, and gives nothing of it back.
        """
        self.ensure_one()
        run = self.sudo()
        lines = run.line_ids.filtered(lambda line: not line.deferred)
        if run.kind == "year":
            leavers = self.env["rural.bonus.computation"].sudo()._leavers(run.date_to, run.company_id)
            lapsed = lines.filtered(lambda line: line.employee_id.id in leavers).corrects_id.filtered("deferred")
            lines = lines.filtered(lambda line: line.corrects_id not in lapsed or line.corrects_id.payslip_id)
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

        :return: the persons without a contract in the period of the batch, whose lines stay open
        :raises UserError: naming persons whose payslip is confirmed already, or would not pay what is due
        """
        self._check_group(*PAYROLL)
        self._lock()
        self._check_state("approved")
        batch._check_state("draft")
        if batch.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(batch)s belongs to %(company)s, and %(run)s does not. Choose a batch of the same company.",
                    batch=batch.name,
                    company=batch.sudo().company_id.name,
                    run=self.display_name,
                )
            )
        payslips, left_out = self.env["hr.payslip"].sudo(), self.env["hr.employee"].sudo()
        structure = self.env["hr.payroll.structure"]._rural_bonus_structure(self.company_id)
        for employee, lines in self._payable_lines().grouped("employee_id").items():
            payslip = self._payslip_of(employee, batch.sudo(), structure)
            if payslip:
                lines.write({"payslip_id": payslip.id, "paid_by_run_id": self.id})
                payslips |= payslip
            else:
                left_out |= employee
        payslips.with_company(self.company_id).compute_sheet()
        self._update_payslip_state()
        if left_out:
            self.sudo().message_post(body=self._left_out_message(left_out))
        return left_out

    def _left_out_message(self, employees) -> str:
        return self.env._(
            "Without a contract in the period of the batch, and so in no payslip: %s. Their lines stay open. Make each "
            "a final payslip within the last contract, in an open batch, and put the lines in again.",
            ", ".join(employees.mapped("name")),
        )

    def _payslip_of(self, employee, batch, structure):
        """Return the payslip of somebody in a batch, made where there is none; empty without a contract."""
        payslip = batch.slip_ids.filtered(
            lambda slip: slip.employee_id == employee and slip.state != "cancel" and not slip.credit_note
        )[:1]
        if payslip.state == "done":
            raise UserError(
                self.env._("The payslip of %s in this batch is confirmed already. Choose a later batch.", employee.name)
            )
        if payslip:
            return payslip
        prepared = (
            self.env["hr.payslip"]
            .sudo()
            .get_payslip_vals(batch.date_start, batch.date_end, employee.id, struct_id=[structure.id])["value"]
        )
        if not prepared.get("contract_id"):
            return self.env["hr.payslip"]
        payslip = (
            self.env["hr.payslip"]
            .with_user(self.env.user)
            .sudo()
            .create(
                {
                    "employee_id": employee.id,
                    "contract_id": prepared["contract_id"],
                    "struct_id": structure.id,
                    "payslip_run_id": batch.id,
                    "date_from": batch.date_start,
                    "date_to": batch.date_end,
                    "company_id": batch.company_id.id,
                    "input_line_ids": [Command.create(vals) for vals in prepared["input_line_ids"]],
                    "worked_days_line_ids": [Command.create(vals) for vals in prepared["worked_days_line_ids"]],
                }
            )
        )
        payslip._compute_name()
        return payslip

    def _update_payslip_state(self):
        """Bring the state up to date when lines went into payslips, or came out."""
        for run in self.sudo().filtered(lambda run: run.state in FINAL):
            run.state = "approved" if run._payable_lines() else "in_payslips"
