from odoo import models


class HrPayslipRun(models.Model):
    """Who made, reviewed or approved the bonuses in a batch does not post it (MA-28)."""

    _inherit = "hr.payslip.run"

    def _makers(self):
        bonus_runs = self.sudo().slip_ids.rural_bonus_line_ids.run_id
        return super()._makers() | bonus_runs.prepared_by_id | bonus_runs.reviewed_by_id | bonus_runs.confirmed_by_id
