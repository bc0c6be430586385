from odoo import fields, models


class RuralTrainingCourse(models.Model):
    """Courses for service centers, which most are."""

    _inherit = "rural.training.course"

    audience = fields.Selection(default="center")
