from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.rural_base import china_time

ACTIVITY = "rural_station_partner.mail_activity_type_interview"


class RuralStationInterviewScore(models.Model):
    """What one interviewer thinks of an applicant: entered by this person alone, and final once given (ST-02)."""

    _name = "rural.station.interview.score"
    _description = "Score of an Interviewer"
    _inherit = ["rural.step.mixin"]
    _order = "examination_id, id"
    _rec_name = "interviewer_id"
    _editable_states = ("open",)
    _deletable_states = ("open",)

    examination_id = fields.Many2one("rural.station.examination", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="examination_id.company_id", store=True, index=True, precompute=True)
    applicant = fields.Char(related="examination_id.application_id.applicant")
    interviewer_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", domain=[("share", "=", False)]
    )
    score = fields.Float(digits=(5, 2), aggregator="avg", help="Out of 100: answers, how they are put, manner.")
    note = fields.Char("Impression")
    state = fields.Selection(
        [("open", "To Give"), ("given", "Given")], required=True, readonly=True, default="open", copy=False
    )
    given_at = fields.Datetime("Given On", readonly=True, copy=False)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _once = models.UniqueIndex("(examination_id, interviewer_id)", "This person is an interviewer already.")

    @api.depends("interviewer_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for score in self:
            score.is_mine = score.interviewer_id == self.env.user

    @api.constrains("score")
    def _check_score(self):
        for score in self:
            if not 0 <= score.score <= 100:
                raise ValidationError(self.env._("A score lies between 0 and 100."))

    @api.model_create_multi
    def create(self, vals_list):
        """Name interviewers, who are asked for their score."""
        scores = super().create(vals_list)
        for score in scores:
            score._check_interview_open()
            score._ask_interviewer()
        return scores

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self._check_interview_open()

    def _prepare_begin_vals(self, vals):
        vals = super()._prepare_begin_vals(vals)
        if self.env.su or vals.get("interviewer_id") == self.env.uid:
            return vals
        return {name: value for name, value in vals.items() if name not in ("score", "note")}

    def _check_may_write(self, vals):
        if not vals.keys().isdisjoint({"score", "note"}):
            self._check_mine()
        if not vals.keys().isdisjoint({"examination_id", "interviewer_id"}):
            raise UserError(self.env._("Remove the interviewer, and name another one."))
        return super()._check_may_write(vals)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_give(self):
        """Give one's own score: from now on it stays."""
        self._check_mine()
        self._lock_rows()
        self._check_state("open")
        self._check_interview_open()
        for score in self.sudo():
            if not score.score:
                raise UserError(self.env._("Enter your score of %s first.", score.applicant))
            score.write({"state": "given", "given_at": fields.Datetime.now()})
            score.examination_id.activity_search([ACTIVITY], user_id=score.interviewer_id.id).action_done()

    def _check_mine(self):
        """Refuse the row of another interviewer.

        :raises AccessError: naming whose it is
        """
        self.check_access("write")
        for score in self:
            if score.interviewer_id != self.env.user:
                raise AccessError(
                    self.env._("This is the score of %s, who enters it alone.", score.interviewer_id.name)
                )

    def _check_interview_open(self):
        for score in self:
            examination = score.examination_id
            if examination.kind != "interview" or examination.state != "open":
                raise UserError(self.env._("%s is no interview that is on its way.", examination.display_name))

    def _ask_interviewer(self):
        user = self.interviewer_id
        self.examination_id.sudo().activity_schedule(
            ACTIVITY,
            date_deadline=self.examination_id.held_on or china_time.today(),
            summary=self.with_context(lang=user.lang).env._("Give your score of %s", self.applicant),
            user_id=user.id,
        )
