from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_payslip_run_id = fields.Many2one(
        "hr.payslip.run", "Payslip Batch", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    def _rural_source_fields(self):
        return (*super()._rural_source_fields(), "rural_payslip_run_id")

    def _rural_undo_message(self):
        run = self.rural_payslip_run_id.sudo()
        if not run:
            return super()._rural_undo_message()
        return self.env._(
            "%(move)s was made by the payslip batch %(run)s. Cancel the entry there, which reverses it.",
            move=self.display_name,
            run=run.name,
        )

    def action_view_rural_payslips(self):
        """Show the payslips that made the entry."""
        return self.rural_payslip_run_id.action_view_payslips()
