from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    rural_payslip_id = fields.Many2one(
        "hr.payslip", "Payslip", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    def _rural_fixed_fields(self):
        return super()._rural_fixed_fields() | {"rural_payslip_id"}

    def action_view_rural_payslip(self):
        """Show the payslip behind a journal item."""
        return self.rural_payslip_id._get_records_action()
