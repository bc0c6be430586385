from odoo import api, models


class HrPayslipPartMixin(models.AbstractModel):
    """A part of a payslip: once it is confirmed, or its batch closed, nobody changes it any more (MA-28).

    Whoever changes a part before is an editor of the payslip, and does not post it.
    """

    _name = "hr.payslip.part.mixin"
    _description = "Part of a payslip"

    #: Field that leads to the payslip.
    _payslip_field = "payslip_id"

    @api.model_create_multi
    def create(self, vals_list):
        """Add nothing to payslips that are final."""
        parts = super().create(vals_list)
        payslips = parts[self._payslip_field]
        payslips._check_open()
        payslips._add_editor()
        return parts

    def write(self, vals):
        """Change nothing in payslips that are final."""
        self[self._payslip_field]._check_open()
        result = super().write(vals)
        payslips = self[self._payslip_field]
        if self._payslip_field in vals:
            payslips._check_open()
        payslips._add_editor()
        return result

    def unlink(self):
        """Take nothing out of payslips that are final."""
        payslips = self[self._payslip_field]
        payslips._check_open()
        payslips._add_editor()
        return super().unlink()
