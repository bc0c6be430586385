from odoo import fields, models


class RuralBonusToPayslips(models.TransientModel):
    """Put approved bonuses into the payslips of an open batch (MA-28)."""

    _name = "rural.bonus.to.payslips"
    _description = "Put Bonuses in Payslips"

    run_ids = fields.Many2many("rural.bonus.run", string="Bonus Runs", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    batch_id = fields.Many2one(
        "hr.payslip.run",
        "Payslip Batch",
        required=True,
        domain="[('state', '=', 'draft'), ('company_id', '=', company_id)]",
        default=lambda self: self.env["hr.payslip.run"].search(
            [("state", "=", "draft"), ("company_id", "=", self.env.company.id)], limit=1
        ),
    )

    def action_put(self):
        """Put the lines in, and show the batch; who has no contract there is named."""
        left_out = self.env["hr.employee"]
        for run in self.run_ids.sorted("date_from"):
            left_out |= run._put_in_payslips(self.batch_id)
        action = self.batch_id._get_records_action()
        if not left_out:
            return action
        return self.run_ids._show_warning(self.run_ids._left_out_message(left_out), next=action)
