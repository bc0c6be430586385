from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a payslip of a closed batch says.
SAID = {
    *("employee_id", "contract_id", "struct_id", "company_id", "payslip_run_id", "state", "credit_note"),
    *("date_from", "date_to", "line_ids", "input_line_ids", "worked_days_line_ids"),
}


class HrPayslip(models.Model):
    """A payslip of a closed batch stays as it is; what was wrong is put right on a later one (MA-28)."""

    _inherit = "hr.payslip"

    move_id = fields.Many2one(related="payslip_run_id.move_id", string="Journal Entry")

    @api.model_create_multi
    def create(self, vals_list):
        """Create payslips outside closed batches."""
        payslips = super().create(vals_list)
        payslips._check_batch_open()
        return payslips

    def write(self, vals):
        """Write, but not what a payslip of a closed batch says."""
        if vals.keys() & SAID:
            self._check_batch_open()
        result = super().write(vals)
        if vals.get("payslip_run_id"):
            self._check_batch_open()
        return result

    def unlink(self):
        """Delete payslips outside closed batches."""
        self._check_batch_open()
        return super().unlink()

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
