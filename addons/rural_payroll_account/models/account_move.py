from odoo import fields, models
from odoo.exceptions import UserError

#: What ties a posted entry to its batch.
TIED = {"journal_id", "company_id", "date", "rural_payslip_run_id"}


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_payslip_run_id = fields.Many2one(
        "hr.payslip.run", "Payslip Batch", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    def write(self, vals):
        """Leave posted entries of the payroll as they are.

        :raises UserError: naming the batch to cancel instead
        """
        if vals.get("state", "posted") != "posted" or vals.keys() & TIED:
            self.filtered(lambda move: move.state == "posted")._check_no_payslip_run()
        return super().write(vals)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The cancellation of a batch, and nobody else, says for which batch it reverses.
        values_list = default_values_list or [{} for _move in self]
        unasked = [
            move.id for move, values in zip(self, values_list, strict=True) if not values.get("rural_payslip_run_id")
        ]
        self.browse(unasked)._check_no_payslip_run()
        return super()._reverse_moves(default_values_list, cancel)

    def action_view_rural_payslips(self):
        """Show the payslips that made the entry."""
        return self.rural_payslip_run_id.action_view_payslips()

    def _check_no_payslip_run(self):
        for move in self.filtered("rural_payslip_run_id"):
            raise UserError(
                self.env._(
                    "%(move)s was made by the payslip batch %(run)s. Cancel the entry there, which reverses it.",
                    move=move.display_name,
                    run=move.sudo().rural_payslip_run_id.name,
                )
            )
