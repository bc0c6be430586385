from odoo import fields, models


class RuralRecommendationCheck(models.Model):
    """What the screening of a recommended product found on one standard, written while it is screened (SC-09)."""

    _name = "rural.recommendation.check"
    _description = "Check of a Recommended Product"
    _order = "recommendation_id, sequence, id"
    _inherit = ["rural.editor.mixin", "rural.step.mixin"]
    _rec_name = "standard_id"
    _editable_states = ("submitted",)

    recommendation_id = fields.Many2one(
        "rural.product.recommendation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="recommendation_id.state")
    standard_id = fields.Many2one("rural.quality.standard", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(related="standard_id.sequence", store=True)
    question = fields.Char(related="standard_id.question")
    result = fields.Selection([("passed", "Passed"), ("failed", "Not Passed")])
    note = fields.Char(help="What was seen: prices compared, reports, samples.")

    _once = models.UniqueIndex("(recommendation_id, standard_id)", "Each standard is checked once.")
