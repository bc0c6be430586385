from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: What is done at a step; all but the first and the last have a model of their own.
FORMS = [
    ("record", "Complaint Record"),
    ("investigation", "Investigation Form"),
    ("slip", "Transfer Slip"),
    ("opinion", "Merchant's View"),
    ("execution", "Carrying Out"),
    ("revisit", "Revisit"),
    ("filing", "Filing"),
    ("closed", "Closed"),
]
FORM_MODELS = {
    form: f"rural.complaint.{form}" for form in ("investigation", "slip", "opinion", "execution", "revisit", "filing")
}
#: How a step ends, by its form.
OUTCOMES = {
    "record": ("recorded",),
    "investigation": ("founded", "unfounded"),
    "slip": ("answered",),
    "opinion": ("accepted", "refused"),
    "execution": ("carried_out",),
    "revisit": ("satisfied", "again", "dissatisfied"),
    "filing": ("filed",),
    "closed": (),
}


class RuralComplaintStep(models.Model):
    """A step of a process: its stage, its form, its deadline, and where it may lead (MA-40)."""

    _name = "rural.complaint.step"
    _description = "Step of a Complaint Process"
    _order = "process_id, sequence, id"

    process_id = fields.Many2one("rural.complaint.process", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(related="stage_id.name")
    stage_id = fields.Many2one("helpdesk.ticket.stage", required=True, ondelete="restrict", index=True)
    form = fields.Selection(FORMS, required=True)
    days_parameter_id = fields.Many2one(
        "rural.parameter",
        "Working Days",
        ondelete="restrict",
        help="The dated number of Chinese working days in which the step is done.",
    )
    deadline_from = fields.Selection(
        [
            ("none", "No Deadline"),
            ("received", "The Receipt of the Complaint"),
            ("step", "The Beginning of the Step"),
            ("plan", "The Day Promised in the Plan"),
        ],
        "Deadline Counts From",
        required=True,
        default="none",
    )
    transition_ids = fields.One2many("rural.complaint.transition", "step_id", "Leads To")

    @api.depends("stage_id.name", "process_id.name")
    def _compute_display_name(self):
        for step in self:
            step.display_name = f"{step.process_id.name or ''}: {step.stage_id.name or ''}"

    @api.constrains("deadline_from", "days_parameter_id")
    def _check_days(self):
        for step in self:
            if step.deadline_from in ("received", "step") and not step.days_parameter_id:
                raise ValidationError(self.env._("%s: enter the working days of the deadline.", step.display_name))

    @api.constrains("process_id", "stage_id")
    def _check_stage(self):
        for step in self:
            if len(step.process_id.step_ids.filtered(lambda other, step=step: other.stage_id == step.stage_id)) > 1:
                raise ValidationError(self.env._("%s: every step has a stage of its own.", step.display_name))

    def _transition(self, outcome):
        """Return where an outcome leads.

        :raises UserError: if the process does not allow it
        """
        self.ensure_one()
        transition = self.transition_ids.filtered(lambda transition: transition.outcome == outcome)
        if not transition:
            raise UserError(self.env._("The process does not say what comes next after %s.", self.display_name))
        return transition[0]


class RuralComplaintTransition(models.Model):
    """Where a step leads by its outcome: the only ways a complaint can go (MA-40)."""

    _name = "rural.complaint.transition"
    _description = "Next Step of a Complaint"
    _order = "step_id, id"
    _rec_name = "outcome"

    step_id = fields.Many2one("rural.complaint.step", required=True, index=True, ondelete="cascade")
    outcome = fields.Selection(
        [
            ("recorded", "Recorded"),
            ("founded", "Founded"),
            ("unfounded", "Unfounded"),
            ("answered", "Answered"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("carried_out", "Carried Out"),
            ("satisfied", "Satisfied"),
            ("again", "One More Revisit"),
            ("dissatisfied", "Not Satisfied"),
            ("filed", "Filed"),
        ],
        required=True,
    )
    next_step_id = fields.Many2one("rural.complaint.step", required=True, index=True, ondelete="cascade")
    is_new_round = fields.Boolean("New Round", help="What was found and done so far is kept beside it.")

    _outcome_unique = models.UniqueIndex("(step_id, outcome)", "This outcome leads somewhere else already.")

    @api.constrains("step_id", "next_step_id", "outcome")
    def _check_outcome(self):
        for transition in self:
            if transition.step_id.process_id != transition.next_step_id.process_id:
                raise ValidationError(self.env._("A step leads to another step of the same process."))
            if transition.outcome not in OUTCOMES[transition.step_id.form]:
                raise ValidationError(self.env._("%s does not have this outcome.", transition.step_id.display_name))
