from odoo import fields, models

SATISFACTION = [
    ("very_satisfied", "Very Satisfied"),
    ("satisfied", "Satisfied"),
    ("dissatisfied", "Not Satisfied"),
]


class SurveyQuestionAnswer(models.Model):
    _inherit = "survey.question.answer"

    complaint_satisfaction = fields.Selection(
        SATISFACTION,
        "Counts for Complaints as",
        help="What this answer says about how a complaint was handled (MA-40).",
    )
