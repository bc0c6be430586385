from odoo import api, models


class HrClosedPayslipMixin(models.AbstractModel):
    """A part of a payslip: once it is confirmed, or its batch closed, nobody changes it any more (MA-28)."""

    _name = "hr.closed.payslip.mixin"
    _description = "Part of a payslip"

    #: Field that leads to the payslip.
    _payslip_field = "payslip_id"

    @api.model_create_multi
    def create(self, vals_list):
        """Add nothing to payslips that are final."""
        records = super().create(vals_list)
        records[self._payslip_field]._check_open()
        return records

    def write(self, vals):
        """Change nothing in payslips that are final."""
        self[self._payslip_field]._check_open()
        result = super().write(vals)
        if self._payslip_field in vals:
            self[self._payslip_field]._check_open()
        return result

    def unlink(self):
        """Take nothing out of payslips that are final."""
        self[self._payslip_field]._check_open()
        return super().unlink()


class HrPayslipLine(models.Model):
    _name = "hr.payslip.line"
    _inherit = ["hr.payslip.line", "hr.closed.payslip.mixin"]
    # Not by contract, whose versions an accountant must not read.
    _order = "slip_id, sequence, id"

    _payslip_field = "slip_id"


class HrPayslipInput(models.Model):
    _name = "hr.payslip.input"
    _inherit = ["hr.payslip.input", "hr.closed.payslip.mixin"]


class HrPayslipWorkedDays(models.Model):
    _name = "hr.payslip.worked_days"
    _inherit = ["hr.payslip.worked_days", "hr.closed.payslip.mixin"]
