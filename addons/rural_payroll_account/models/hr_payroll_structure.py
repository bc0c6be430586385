from odoo import api, models


class HrPayrollStructure(models.Model):
    """A structure pays in its company, and in no other."""

    _inherit = "hr.payroll.structure"

    @api.model
    def _stays_in_company(self):
        return True
