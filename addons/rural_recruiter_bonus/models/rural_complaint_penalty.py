from odoo import fields, models


class RuralComplaintPenalty(models.Model):
    """A penalty leads to the lines of the bonus runs that took it (MA-28, MA-41)."""

    _inherit = "rural.complaint.penalty"

    bonus_line_ids = fields.Many2many(
        "rural.bonus.line", string="Bonus Lines", compute="_compute_bonus_line_ids", help="Where it lowers the pay.",
        groups="payroll.group_payroll_user,rural_merchant.group_recruiter,account.group_account_user",
    )  # fmt: skip

    def _compute_bonus_line_ids(self):
        lines = self.env["rural.bonus.line"]
        if lines.has_access("read"):
            lines = lines.search([("clause", "=", "MA-41"), ("employee_id", "in", self.employee_id.ids)])
        for penalty in self:
            penalty.bonus_line_ids = lines.filtered(
                lambda line, penalty=penalty: penalty.id in (line.inputs or {}).get("penalty_ids", [])
            )

    def action_view_bonus_lines(self):
        """Show where it lowers the pay."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bonus Lines"),
            "res_model": "rural.bonus.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self.bonus_line_ids.ids)],
            "context": {"create": False},
        }
