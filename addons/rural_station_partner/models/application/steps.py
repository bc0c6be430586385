from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.rural_base import china_time

from .application import OPEN_STATES, STATES

NEXT_STEP = "rural_station_partner.mail_activity_type_next_step"
OPERATIONS = "rural_base.group_operations"
#: The steps that are tests, each with its examinations.
TESTS = ("written", "computer", "interview")
ORDER = [state for state, _label in STATES][: STATES.index(("opened", "Opened")) + 1]


class RuralStationApplication(models.Model):
    """The steps of ST-02: none is skipped, each is passed before the next; who failed may try again (dated rule)."""

    _inherit = "rural.station.application"

    training_result_ids = fields.One2many("rural.training.result", "application_id", "Training", readonly=True)
    examination_ids = fields.One2many("rural.station.examination", "application_id", "Tests", readonly=True)
    examination_count = fields.Integer(compute="_compute_examination_count")
    missing = fields.Text(
        "Missing for the Next Step",
        compute="_compute_missing",
        compute_sudo=True,
        help="What has to be there before the next step can be taken.",
    )
    retry_from = fields.Date(
        "May Try Again From", compute="_compute_retry_from", help="After a test that was not passed."
    )

    @api.depends("examination_ids")
    def _compute_examination_count(self):
        for application in self:
            application.examination_count = len(application.examination_ids)

    @api.depends_context("lang", "uid")
    @api.depends(
        "state",
        "examination_ids.state",
        "training_result_ids.passed",
        "id_masked",
        "region_id",
        "township",
        "station_id",
    )
    def _compute_missing(self):
        for application in self:
            following = application._following()
            application.missing = "\n".join(application._missing(following)) if following else False

    @api.depends("state", "examination_ids.state", "examination_ids.retry_from")
    def _compute_retry_from(self):
        for application in self:
            last = application._tries(application.state)[-1:]
            application.retry_from = last.retry_from if last.state == "failed" else False

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Accept applicants to the free training."""
        self._take_step("training")
        self._send_letter("accepted")

    def action_training_passed(self):
        """Go on to the written test: the training is passed."""
        self._take_step("written")
        self._send_letter("test")

    def action_test(self):
        """Begin a test of the step that the applicant is at, or show the one that is on its way."""
        self.ensure_one()
        self._check_group(OPERATIONS)
        self.check_access("write")
        examination = self._running_examination() or self.sudo()._begin_examination()
        if examination.kind == "written" and examination.state == "open":
            self._send_letter("test")
        return examination._get_records_action(name=examination.display_name, context={})

    def action_view_examinations(self):
        """Show all tests of the applications."""
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_station_partner.action_station_examination")
        return {**action, "domain": [("application_id", "in", self.ids)], "context": {}}

    def action_refuse(self):
        """Ask why the applicant is refused, who reads the reason."""
        self._check_group(OPERATIONS)
        self._check_state(*OPEN_STATES)
        return self._ask_reason("refuse")

    def action_withdraw(self):
        """Ask why the applicant withdraws."""
        self._check_group(OPERATIONS)
        self._check_state(*OPEN_STATES)
        return self._ask_reason("withdraw")

    @api.model
    def _reason_steps(self):
        refuse, withdraw = self.env._("Refuse Application"), self.env._("Record Withdrawal")
        return {
            **super()._reason_steps(),
            "refuse": {
                "method": "_refuse",
                "title": refuse,
                "button": self.env._("Refuse"),
                "help": self.env._("The applicant reads the reason."),
            },
            "withdraw": {"method": "_withdraw", "title": withdraw, "button": self.env._("Withdraw")},
        }

    def _refuse(self, reason):
        """Turn the applicants down, who read why."""
        reason = self._check_reason(reason)
        self._check_group(OPERATIONS)
        self._end_open("refused", reason)
        self._send_letter("refused")

    def _withdraw(self, reason):
        """End applications that the applicants give up."""
        reason = self._check_reason(reason)
        self.check_access("write")
        self._end_open("withdrawn", reason)

    def _end_open(self, state, reason):
        self._lock_rows()
        self._check_state(*OPEN_STATES)
        for application in self.sudo():
            application._check_nothing_agreed()
            application._end(state, reason)

    def _end(self, state, reason=False, note=False):
        self.examination_ids.filtered(lambda each: each.state == "open")._cancel_open()
        self.activity_unlink([NEXT_STEP])
        self.write(
            {
                "state": state,
                "state_since": china_time.today(),
                "decision_reason": reason,
                "refusal_note": note,
            }
        )
        self.flush_recordset(["state"])  # the same person may apply again

    # ------------------------------------------------------------------
    # One step after the other
    # ------------------------------------------------------------------

    def _following(self) -> str | None:
        """Return the step that comes next; None where there is none."""
        if self.state not in ORDER[:-1]:
            return None
        return ORDER[ORDER.index(self.state) + 1]

    def _take_step(self, state, **vals):
        """Take one step, and only the next one.

        :raises AccessError: for who may not
        :raises UserError: if the step before is not passed, or something is missing
        """
        if not self.env.su:
            self._check_group(OPERATIONS)
            self.check_access("write")
        self._lock_rows()
        self.invalidate_recordset(["state"])
        for application in self:
            application._check_order(state)
            if missing := application.sudo()._missing(state):
                raise UserError(
                    self.env._(
                        "%(application)s cannot go on to “%(step)s” yet:\n%(missing)s",
                        application=application.display_name,
                        step=self._step_labels()[state],
                        missing="\n".join(f"– {sentence}" for sentence in missing),
                    )
                )
        self.sudo().write({"state": state, "state_since": china_time.today(), **vals})
        self._plan_next_step()

    def _check_order(self, state):
        following = self._following()
        if state == following:
            return
        labels = self._step_labels()
        if not following:
            raise UserError(
                self.env._(
                    "%(application)s is “%(state)s”: there is no further step.",
                    application=self.display_name,
                    state=labels[self.state],
                )
            )
        raise UserError(
            self.env._(
                "%(application)s is at “%(state)s”; the next step is “%(following)s”. No step is skipped or taken "
                "twice (ST-02).",
                application=self.display_name,
                state=labels[self.state],
                following=labels[following],
            )
        )

    def _missing(self, state) -> list[str]:
        """Say what is missing for a step, one sentence each; hook for other addons."""
        self.ensure_one()
        missing = []
        if entry := self._blacklist_entry():
            missing.append(self._listed_sentence(entry))
        return missing + getattr(self, f"_missing_for_{state}", list)()

    def _missing_for_training(self) -> list[str]:
        missing = []
        if not self.id_masked:
            missing.append(self.env._("The identity number is not entered."))
        return missing + self._missing_place()

    def _missing_place(self) -> list[str]:
        if self.station_id or (self.region_id and self.township):
            return []
        return [self.env._("Choose the county and enter the township, or choose the station.")]

    def _missing_for_written(self) -> list[str]:
        """Say that no training is passed whose results a second person has confirmed."""
        passed = self.sudo().training_result_ids.filtered(
            lambda result: result.passed and result.session_state == "confirmed"
        )
        return [] if passed else [self.env._("No training is passed whose results are confirmed.")]

    def _missing_for_computer(self) -> list[str]:
        return self._missing_test("written")

    def _missing_for_interview(self) -> list[str]:
        return self._missing_test("computer")

    def _missing_for_agreed(self) -> list[str]:
        return self._missing_test("interview") + self._missing_place()

    def _missing_test(self, kind) -> list[str]:
        if "passed" in self._tries(kind).mapped("state"):
            return []
        label = dict(self.env["rural.station.examination"]._fields["kind"]._description_selection(self.env))[kind]
        return [self.env._("“%s” is not passed.", label)]

    def _after_training(self):
        """Go on with whoever has passed a training that has just been confirmed."""
        waiting = self.sudo().filtered(lambda application: application.state == "training")
        for application in waiting.filtered(lambda application: not application._missing("written")):
            application._take_step("written")
            application._send_letter("test")

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def _tries(self, kind):
        """Return the tests of a kind that were held or are on their way, the first one first."""
        return (
            self.sudo()
            .examination_ids.filtered(lambda each: each.kind == kind and each.state != "cancelled")
            .sorted("id")
        )

    def _running_examination(self):
        examination = self._tries(self.state).filtered(lambda each: each.state == "open")
        return examination.sudo(self.env.su)

    def _begin_examination(self):
        """Begin the next try of the test that the applicant is at.

        :raises UserError: before the day from which to try again, or when all tries are used up
        """
        self._lock_rows()
        self._check_state(*TESTS)
        if refusal := self._refusal_of_try():
            raise UserError(refusal)
        return self.env["rural.station.examination"].sudo()._begin(self)

    def _refusal_of_try(self) -> str | None:
        """Say why there is no further try of the test now; None where there is one."""
        tries = self._tries(self.state)
        if tries.filtered(lambda each: each.state == "open"):
            return self.env._("%s has a test on its way.", self.display_name)
        most = int(self._parameter("station_test_tries").value)
        if len(tries) >= most:
            return self.env._(
                "%(person)s has tried %(count)s times, which is as often as allowed: the application is to be refused.",
                person=self.applicant,
                count=len(tries),
            )
        if self.retry_from and self.retry_from > china_time.today():
            return self.env._("%(person)s may try again from %(day)s on.", person=self.applicant, day=self.retry_from)
        return None

    def _after_examination(self, examination):
        """Go on with whoever has passed; tell who has not when to try again."""
        if examination.state == "passed":
            self.sudo()._take_step(self._following())
        else:
            self._plan_next_step()
            self._send_letter("failed")

    @api.model
    def _parameter(self, code):
        return self.env["rural.parameter"].sudo()._value_on(code, china_time.today(), self.company_id)

    # ------------------------------------------------------------------
    # Who comes next
    # ------------------------------------------------------------------

    def _plan_next_step(self):
        """Let somebody of operations do what comes next."""
        for application in self.sudo():
            application.activity_unlink([NEXT_STEP])
            user = application.responsible_id or application._any_manager()
            summary = application.with_context(lang=user.lang)._next_summary()
            if user and summary:
                application.activity_schedule(NEXT_STEP, summary=summary, user_id=user.id)

    def _next_summary(self) -> str | None:
        """Return what whoever comes next has to do; None where nobody has."""
        summaries = {
            "applied": self.env._("Look at the application, and accept it to the training"),
            "training": self.env._("Have the training attended"),
            "written": self.env._("Have the written test taken"),
            "computer": self.env._("Hold the computer test"),
            "interview": self.env._("Hold the interview"),
            "agreed": self.env._("Have the agreement signed and the deposit paid, then open the station"),
        }
        return summaries.get(self.state)

    def _any_manager(self):
        managers = self.env.ref("rural_base.group_operations_manager").sudo().all_user_ids
        return managers.filtered(lambda user: self.company_id in user.company_ids and not user.share).sorted("id")[-1:]
