from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    rural_assessment_id = fields.Many2one(related="move_id.rural_assessment_id", string="Assessment")

    def action_view_rural_reward_lines(self):
        """Show the reward lines behind journal items: those of the center, or of the supplier alone."""
        rewards = self.env["rural.reward.line"]
        for line in self:
            of_move = line.move_id._rural_reward_lines()
            if line.account_type == "asset_receivable":
                of_move = of_move.filtered(lambda reward, line=line: reward.supplier_id == line.partner_id)
            rewards |= of_move
        return rewards._action_view()
