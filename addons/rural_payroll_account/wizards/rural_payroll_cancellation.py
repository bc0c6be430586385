from odoo import fields, models


class RuralPayrollCancellation(models.TransientModel):
    """Reverse the entry of a batch of payslips, with a reason."""

    _name = "rural.payroll.cancellation"
    _description = "Cancel Entry of Payslip Batch"

    run_id = fields.Many2one("hr.payslip.run", "Payslip Batch", required=True, readonly=True)
    date = fields.Date("Accounting Date", required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True)

    def action_cancel(self):
        """Reverse the entry."""
        self.run_id._cancel(self.date, self.reason)
