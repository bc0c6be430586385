from odoo import fields, models


class HrPayslipLine(models.Model):
    _name = "hr.payslip.line"
    _inherit = ["hr.payslip.line", "hr.payslip.part.mixin"]
    # Not by contract, whose versions an accountant must not read.
    _order = "slip_id, sequence, id"

    _payslip_field = "slip_id"

    period = fields.Date(
        "For the Period From",
        readonly=True,
        help="First day of the period that it pays, where it is another one (MA-28).",
    )

    def copy_data(self, default=None):
        """Copy a line alone: the lines below it would be added to the payslip it comes from."""
        return [
            {name: value for name, value in vals.items() if name != "child_ids"} for vals in super().copy_data(default)
        ]
