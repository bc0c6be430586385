from odoo import fields, models

#: What a posted item of the payroll says.
SAID = {"account_id", "partner_id", "debit", "credit", "balance", "amount_currency", "rural_payslip_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    rural_payslip_id = fields.Many2one(
        "hr.payslip", "Payslip", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    def write(self, vals):
        """Leave posted items of the payroll as they are.

        :raises UserError: naming the batch to cancel instead
        """
        if vals.keys() & SAID:
            self.filtered(lambda line: line.parent_state == "posted").move_id._check_no_payslip_run()
        return super().write(vals)

    def action_view_rural_payslip(self):
        """Show the payslip behind a journal item."""
        return self.rural_payslip_id._get_records_action()
