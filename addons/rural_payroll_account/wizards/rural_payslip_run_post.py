from odoo import api, fields, models


class RuralPayslipRunPost(models.TransientModel):
    """Post a closed batch of payslips on a day."""

    _name = "rural.payslip.run.post"
    _inherit = "rural.posting.dialog"
    _description = "Post Payslip Batch"

    run_id = fields.Many2one("hr.payslip.run", "Payslip Batch", required=True, readonly=True)
    net_amount = fields.Monetary(related="run_id.net_amount")
    date = fields.Date(compute="_compute_date", store=True, precompute=True, readonly=False, required=True)

    @api.depends("run_id")
    def _compute_date(self):
        for wizard in self:
            wizard.date = wizard.run_id.date_end or fields.Date.context_today(wizard)

    def _documents(self):
        return self.run_id

    def _entry_journal(self):
        return self.company_id._rural_payroll_journal()

    def action_post(self):
        """Post, and show the entry."""
        return self.run_id._post(self.date).sudo(False)._get_records_action()
