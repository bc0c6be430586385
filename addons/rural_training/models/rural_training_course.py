from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: For whom a training is held. Other addons say who of them took part.
AUDIENCES = [
    ("center", "Service Centers"),
    ("station", "Station Partners"),
    ("supplier", "Suppliers"),
    ("villager", "Villagers"),
]


class RuralTrainingCourse(models.Model):
    """What people of centers, stations and suppliers learn before they may begin, or villagers at a station (SC-05)."""

    _name = "rural.training.course"
    _description = "Training Course"
    _order = "sequence, name"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    audience = fields.Selection(AUDIENCES, required=True, index=True, help="For whom it is held.")
    topics = fields.Text(help="What is taught.")
    pass_score = fields.Float("Pass Mark", required=True, default=60, help="Points out of 100, the mark itself passes.")
    survey_id = fields.Many2one(
        "survey.survey",
        "Online Test",
        ondelete="restrict",
        domain="[('scoring_type', '!=', 'no_scoring')]",
        help="A scored survey; its result is the result of the training. Empty: results are recorded by hand.",
    )
    session_ids = fields.One2many("rural.training.session", "course_id", "Sessions")
    session_count = fields.Integer(compute="_compute_session_count")

    @api.constrains("pass_score")
    def _check_pass_score(self):
        for course in self:
            if not 0 < course.pass_score <= 100:
                raise ValidationError(self.env._("The pass mark lies above 0 and at 100 at most."))

    @api.depends("session_ids")
    def _compute_session_count(self):
        for course in self:
            course.session_count = len(course.session_ids)
