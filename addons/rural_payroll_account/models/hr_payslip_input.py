from odoo import fields, models


class HrPayslipInput(models.Model):
    _name = "hr.payslip.input"
    _inherit = ["hr.payslip.input", "hr.payslip.part.mixin"]

    amount_qty = fields.Float("Quantity")
