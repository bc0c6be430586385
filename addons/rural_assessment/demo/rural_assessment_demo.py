from odoo import models


class RuralAssessmentDemo(models.AbstractModel):
    """Demo data that only the real work can make."""

    _name = "rural.assessment.demo"
    _description = "Demo data of the assessment"
