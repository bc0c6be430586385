from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    rural_assessment_id = fields.Many2one(
        "rural.assessment", "Assessment", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    rural_assessment_line_id = fields.Many2one(
        "rural.assessment.line",
        "Assessment of the Center",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model
    def _rural_clearing_fields(self):
        return [*super()._rural_clearing_fields(), ("rural_assessment_id", "rural_assessment_line_id")]

    def action_view_rural_assessment(self):
        """Show the assessment that made the entry."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "rural.assessment",
            "views": [(False, "form")],
            "res_id": self.rural_assessment_id.id,
        }

    def action_view_rural_reward_lines(self):
        """Show the reward lines that made the entry."""
        return self._rural_reward_lines()._action_view()

    def action_view_rural_reward_order_lines(self):
        """Show the order lines that the rewards of the entry rest on."""
        return self._rural_reward_lines().action_view_order_lines()

    def _rural_reward_lines(self):
        # The suppliers' entry belongs to all centers.
        shared = self.filtered(lambda move: not move.rural_assessment_line_id)
        return (self.rural_assessment_line_id | shared.rural_assessment_id.line_ids).reward_line_ids
