from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RuralComplaintProcess(models.Model):
    """A way in which complaints are handled: its team and its steps, as data (MA-40; PC-04 can be another one)."""

    _name = "rural.complaint.process"
    _description = "Complaint Process"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        required=True,
        ondelete="restrict",
        index=True,
        help="Every ticket of this team follows the process.",
    )
    clause_id = fields.Many2one("rural.clause", ondelete="restrict")
    promise_parameter_id = fields.Many2one(
        "rural.parameter",
        "Days to Answer",
        required=True,
        ondelete="restrict",
        help="The dated number of working days after receipt in which the complainant is promised an answer.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        "Questionnaire",
        ondelete="restrict",
        help="The satisfaction form of the revisits.",
    )
    has_penalties = fields.Boolean("Penalties", help="A founded complaint costs those responsible (MA-41).")
    step_ids = fields.One2many("rural.complaint.step", "process_id", "Steps")

    _team_unique = models.UniqueIndex("(team_id) WHERE active", "The team follows another process already.")

    @api.constrains("step_ids", "active")
    def _check_steps(self):
        for process in self:
            forms = process.step_ids.mapped("form")
            if process.step_ids and (forms[0] != "record" or forms.count("record") != 1 or "closed" not in forms):
                raise ValidationError(
                    self.env._("%s: the first step is the complaint record, and one step closes it.", process.name)
                )

    def _first_step(self):
        """Return the step with which every complaint of the process begins.

        :raises UserError: if there is none
        """
        self.ensure_one()
        if not self.sudo().step_ids:
            raise UserError(self.env._("%s has no steps yet.", self.name))
        return self.sudo().step_ids[0]

    @api.model
    def _of_team(self, team):
        """Return the process that a team follows, or none."""
        return self.sudo().search([("team_id", "=", team.id)], limit=1) if team else self
