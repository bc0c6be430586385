from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from ..rules import is_computer_test_passed

KINDS = [("written", "Written Test"), ("computer", "Computer Test"), ("interview", "Interview")]
OPERATIONS = "rural_base.group_operations"


class RuralStationExamination(models.Model):
    """One try of an applicant at a test: written, at the computer, or an interview (ST-02).

    A written test judges itself. The two others are concluded by somebody who has not entered the application. What
    was concluded stays as it is, with the version of the rule that applied.
    """

    _name = "rural.station.examination"
    _description = "Test of a Station Partner"
    _inherit = ["rural.explanation.mixin", "rural.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["application_id"]
    _editable_states = ("open",)
    _deletable_states = ()
    _entered_fields = frozenset({"held_on", "note", "result_ids", "score_ids"})

    application_id = fields.Many2one(
        "rural.station.application", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="application_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    number = fields.Integer("Try", readonly=True, aggregator=None)
    state = fields.Selection(
        [("open", "On Its Way"), ("passed", "Passed"), ("failed", "Not Passed"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        tracking=True,
        group_expand=True,
        index=True,
    )
    held_on = fields.Date(help="The day of the test.")
    note = fields.Text(help="What the examiner wants to keep.")
    concluded_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    # written test
    answer_id = fields.Many2one(
        "survey.user_input", "Answers", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    # computer test
    result_ids = fields.One2many("rural.station.computer.result", "examination_id", "Items")
    # interview
    score_ids = fields.One2many("rural.station.interview.score", "examination_id", "Scores")

    # result
    score = fields.Float(digits=(5, 2), readonly=True, copy=False, aggregator="avg", help="Out of 100.")
    pass_mark = fields.Float(digits=(5, 2), readonly=True, copy=False, aggregator=None)
    pass_value_id = fields.Many2one("rural.parameter.value", "Pass Rule", readonly=True, copy=False)
    retry_from = fields.Date("May Try Again From", readonly=True, copy=False)

    _one_open = models.UniqueIndex(
        "(application_id) WHERE state = 'open'", "The applicant has a test on its way already."
    )

    @api.depends("application_id.applicant", "kind", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for examination in self:
            examination.display_name = self.env._(
                "%(kind)s of %(person)s, try %(number)s",
                kind=labels.get(examination.kind, ""),
                person=examination.application_id.applicant or "",
                number=examination.number,
            )

    # ------------------------------------------------------------------
    # Beginning
    # ------------------------------------------------------------------

    @api.model
    def _begin(self, application):
        """Begin the next try of the test that an applicant is at; called with the rights of the system."""
        kind = application.state
        examination = self.create(
            {
                "application_id": application.id,
                "kind": kind,
                "number": len(application._tries(kind)) + 1,
            }
        )
        if kind == "written":
            examination._begin_answers()
        elif kind == "computer":
            self.env["rural.station.computer.result"]._list_for(examination)
        return examination

    def _begin_answers(self):
        survey = self.env["survey.survey"].sudo()._station_test()
        if not survey:
            raise UserError(
                self.env._(
                    "There is no written test: make a scored survey, and mark it as the test of station partners."
                )
            )
        application = self.application_id
        self.answer_id = survey._create_answer(
            email=application.email, nickname=application.applicant, check_attempts=False
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_conclude(self):
        """Conclude tests at the computer and interviews: passed or not, by the rule of the day."""
        self._check_group(OPERATIONS)
        self._lock_rows()
        self._check_state("open")
        self._check_other_than_entered()
        for examination in self.sudo():
            if examination.kind != "written":
                getattr(examination, f"_conclude_{examination.kind}")()
            elif not examination._close_overdue():
                raise UserError(
                    self.env._("A written test concludes itself when the last answer is sent, or its time is over.")
                )

    def action_cancel(self):
        """Take back tests that were not held: they do not count as a try."""
        self._check_group(OPERATIONS)
        self._lock_rows()
        self._check_state("open")
        for examination in self.sudo():
            if examination.answer_id.state == "in_progress":
                raise UserError(self.env._("%s has begun, and counts.", examination.display_name))
        self.sudo()._cancel_open()

    def action_view_answers(self):
        """Show the answers of the written test."""
        self.ensure_one()
        self.check_access("read")
        return self.answer_id._get_records_action(context={})

    def _close_overdue(self) -> bool:
        """Conclude a written test whose time is over by the answers that were sent; tell whether it was."""
        answers = self.sudo().answer_id
        if self.state != "open" or answers.state != "in_progress" or not answers.survey_time_limit_reached:
            return False
        answers._mark_done()
        return True

    def _check_other_than_entered(self):
        """Refuse whoever has entered the application: a test is judged by somebody else."""
        self.application_id._refuse_earlier_hands(lambda application: application.entered_by_id)

    def _cancel_open(self):
        self.write({"state": "cancelled"})
        self.flush_recordset(["state"])  # another one may begin in its place

    def _conclude_written(self):
        """Take over the result of the survey; called when its last answer is sent."""
        survey = self.answer_id.survey_id
        self._conclude(self.answer_id.scoring_success, self.answer_id.scoring_percentage, survey.scoring_success_min)

    def _conclude_computer(self):
        results = self.result_ids
        if open_items := results.filtered(lambda result: not result.result):
            raise UserError(
                self.env._(
                    "%(test)s: say of each item whether it was passed: %(items)s.",
                    test=self.display_name,
                    items=", ".join(open_items.item_id.mapped("name")),
                )
            )
        rule = self.application_id._parameter("station_computer_share")
        marks = [(result.is_required, result.result == "passed") for result in results]
        share = sum(passed for _required, passed in marks) * 100 / len(marks) if marks else 0
        self._conclude(is_computer_test_passed(marks, rule.value), share, rule.value, rule)

    def _conclude_interview(self):
        scores = self.score_ids
        least = int(self.application_id._parameter("station_interviewers").value)
        if len(scores) < least:
            raise UserError(
                self.env._("%(test)s: it takes %(count)s interviewers.", test=self.display_name, count=least)
            )
        if waiting := scores.filtered(lambda score: score.state != "given"):
            raise UserError(
                self.env._(
                    "%(test)s: there is no score yet of %(people)s.",
                    test=self.display_name,
                    people=", ".join(waiting.interviewer_id.mapped("name")),
                )
            )
        rule = self.application_id._parameter("station_interview_mark")
        mean = round(sum(scores.mapped("score")) / len(scores), 2)
        self._conclude(mean >= rule.value, mean, rule.value, rule)

    def _conclude(self, is_passed, score, pass_mark, rule=None):
        today = china_time.today()
        days = int(self.application_id._parameter("station_retry_days").value)
        self.write(
            {
                "state": "passed" if is_passed else "failed",
                "score": min(max(score, 0), 100),
                "pass_mark": pass_mark,
                "pass_value_id": rule and rule.id,
                "held_on": self.held_on or today,
                "concluded_by_id": self.env.uid,
                "retry_from": False if is_passed else fields.Date.add(today, days=days),
            }
        )
        self.application_id._after_examination(self)

    # ------------------------------------------------------------------
    # Explanation
    # ------------------------------------------------------------------

    @api.model
    def _explanation_depends(self):
        return ("state", "score", "pass_mark", "pass_value_id", "retry_from", "result_ids.result", "score_ids.score")

    def _explain(self) -> dict:
        """ST-02: what was scored, what was needed, and which item or score it rests on."""
        self.ensure_one()
        if self.state not in ("passed", "failed"):
            return {}
        inputs = {
            self.env._("Scored"): f"{self.score:g}",
            self.env._("Needed"): f"{self.pass_mark:g}",
        }
        required = self.result_ids.filtered(lambda result: result.is_required and result.result == "failed")
        if required:
            inputs[self.env._("Must be passed, and was not")] = ", ".join(required.item_id.mapped("name"))
        for score in self.score_ids:
            inputs[score.interviewer_id.name] = f"{score.score:g}"
        if self.retry_from:
            inputs[self.env._("May try again from")] = str(self.retry_from)
        sentences = {
            "passed": self.env._("%s is passed.", self.display_name),
            "failed": self.env._("%s is not passed.", self.display_name),
        }
        return {
            "clause": "ST-02",
            "parameter": self.pass_value_id,
            "inputs": inputs,
            "sentence": sentences[self.state],
        }
