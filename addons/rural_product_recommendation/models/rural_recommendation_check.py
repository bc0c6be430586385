from odoo import fields, models
from odoo.exceptions import UserError


class RuralRecommendationCheck(models.Model):
    """What the screening of a recommended product found on one standard (SC-09)."""

    _name = "rural.recommendation.check"
    _description = "Check of a Recommended Product"
    _order = "recommendation_id, sequence, id"
    _rec_name = "standard_id"

    recommendation_id = fields.Many2one(
        "rural.product.recommendation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    standard_id = fields.Many2one("rural.quality.standard", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(related="standard_id.sequence", store=True)
    question = fields.Char(related="standard_id.question")
    result = fields.Selection([("passed", "Passed"), ("failed", "Not Passed")])
    note = fields.Char(help="What was seen: prices compared, reports, samples.")

    _once = models.UniqueIndex("(recommendation_id, standard_id)", "Each standard is checked once.")

    def write(self, vals):
        """Take findings while the product is being screened.

        :raises UserError: afterwards
        """
        if not self.env.su and any(check.recommendation_id.state != "submitted" for check in self):
            raise UserError(self.env._("The screening is finished; its findings are not changed any more."))
        return super().write(vals)
