from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.rural_base.china_time import to_china

from .rural_training_course import AUDIENCES


class RuralTrainingSession(models.Model):
    """A course held once; a second person confirms who was there and who has passed (SC-05, ST-02)."""

    _name = "rural.training.session"
    _description = "Training Session"
    _inherit = ["rural.step.mixin", "rural.editor.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "begins_at desc, id desc"
    _check_company_auto = True
    _editable_states = ("planned",)
    _always_writable = frozenset({"place", "trainer"})
    _deletable_states = ("planned", "cancelled")
    _maker_fields = ("recorded_by_id",)

    course_id = fields.Many2one("rural.training.course", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="course_id.company_id", store=True, index=True, precompute=True)
    begins_at = fields.Datetime("Begins", required=True, tracking=True)
    ends_at = fields.Datetime("Ends", required=True)
    pass_score = fields.Float(
        "Pass Mark",
        compute="_compute_pass_score",
        store=True,
        precompute=True,
        help="The course's pass mark when the session was planned: it stays when the course gets another one.",
    )
    audience = fields.Selection(
        AUDIENCES,
        compute="_compute_audience",
        store=True,
        precompute=True,
        help="For whom it is held: the course's audience when the session was planned.",
    )
    has_test = fields.Boolean(compute="_compute_has_test")
    place = fields.Char(tracking=True)
    trainer = fields.Char(tracking=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("recorded", "Results Recorded"),
            ("confirmed", "Confirmed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    recorded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    result_ids = fields.One2many("rural.training.result", "session_id", "Participants")
    participant_count = fields.Integer("Participants (Number)", compute="_compute_counts", store=True)
    passed_count = fields.Integer("Passed (Number)", compute="_compute_counts", store=True)

    _times_in_order = models.Constraint("CHECK (begins_at <= ends_at)", "The session ends before it begins.")

    @api.depends("course_id.name", "begins_at")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            day = session.begins_at and to_china(session.begins_at).date()
            session.display_name = f"{session.course_id.name or ''} {format_date(self.env, day) if day else ''}".strip()

    @api.depends("course_id")
    def _compute_pass_score(self):
        for session in self:
            session.pass_score = session.course_id.pass_score

    @api.depends("course_id")
    def _compute_audience(self):
        for session in self:
            session.audience = session.course_id.audience

    @api.depends("course_id.survey_id")
    def _compute_has_test(self):
        for session in self:
            session.has_test = bool(session.course_id.survey_id)

    @api.depends("result_ids.passed")
    def _compute_counts(self):
        for session in self:
            session.participant_count = len(session.result_ids)
            session.passed_count = len(session.result_ids.filtered("passed"))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_record(self):
        """State that the session was held and its results are complete."""
        self._step_from("planned")
        for session in self:
            if session.begins_at > fields.Datetime.now():
                raise UserError(self.env._("%s has not begun.", session.display_name))
            if not session.result_ids:
                raise UserError(self.env._("%s has no participants.", session.display_name))
            unmarked = session.result_ids.filtered(lambda result: result.attended and not result.is_marked)
            if unmarked:
                raise UserError(
                    self.env._(
                        "%(session)s: there is no result yet of %(people)s.",
                        session=session.display_name,
                        people=", ".join(unmarked.mapped("person")),
                    )
                )
        self.sudo().write({"state": "recorded", "recorded_by_id": self.env.uid})

    def action_confirm(self):
        """Confirm the results: from now on they count (second person)."""
        self._step_from("recorded")
        self._check_not_maker()
        self.sudo().write({"state": "confirmed", "confirmed_by_id": self.env.uid})

    def action_correct(self):
        """Open recorded results again, which were not confirmed."""
        self._step_from("recorded")
        self.sudo().write({"state": "planned", "recorded_by_id": False})

    def action_cancel(self):
        """Call the session off."""
        self._step_from("planned")
        self.sudo().write({"state": "cancelled"})

    def action_send_tests(self):
        """Send the online test to the participants who have none yet."""
        self._step_from("planned")
        for session in self:
            if not session.course_id.survey_id:
                raise UserError(self.env._("%s has no online test.", session.course_id.name))
            session.result_ids.filtered(lambda result: not result.answer_id)._send_test()

    def _step_from(self, state):
        self._check_group("rural_base.group_operations")
        self.check_access("write")
        self._check_state(state)
