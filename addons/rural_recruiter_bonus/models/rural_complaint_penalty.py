from odoo import fields, models


class RuralComplaintPenalty(models.Model):
    """A penalty leads to the lines of the bonus runs that took it (MA-28, MA-41)."""

    _inherit = "rural.complaint.penalty"

    bonus_line_ids = fields.Many2many(
        "rural.bonus.line", string="Bonus Lines", compute="_compute_bonus_line_ids", help="Where it lowers the pay.",
        groups="payroll.group_payroll_user,rural_merchant.group_recruiter,account.group_account_user",
    )  # fmt: skip

    has_bonus_lines = fields.Boolean(
        compute="_compute_has_bonus_lines", help="Whether the reader finds bonus lines that it lowers."
    )

    def _compute_bonus_line_ids(self):
        for penalty in self:
            penalty.bonus_line_ids = penalty._bonus_lines()

    def _compute_has_bonus_lines(self):
        for penalty in self:
            penalty.has_bonus_lines = bool(penalty._bonus_lines())

    def _bonus_lines(self):
        """Return the lines of runs that took the penalty, as far as the reader may see them."""
        lines = self.env["rural.bonus.line"]
        if not lines.has_access("read"):
            return lines
        lines = lines.search([("clause", "=", "MA-41"), ("employee_id", "=", self.employee_id.id)])
        return lines.filtered(lambda line: self.id in (line.inputs or {}).get("penalty_ids", []))

    def action_view_bonus_lines(self):
        """Show where it lowers the pay."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bonus Lines"),
            "res_model": "rural.bonus.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self._bonus_lines().ids)],
            "context": {"create": False},
        }
