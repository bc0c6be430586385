from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from .common import NUMBERS, PartnerCase


class TestSteps(PartnerCase):
    """Training, written test, computer test, interview: each is passed before the next (ST-02)."""

    def setUp(self):
        super().setUp()
        self.application = self.new_application(self.clerk)

    def test_st02_each_step_in_order(self):
        states = []
        for state in ("training", "written", "computer", "interview", "agreed"):
            application = self.new_application(self.clerk, NUMBERS[1], applicant=f"甲{len(states)}")
            self.bring_to(application, state)
            application.with_user(self.clerk)._withdraw("试验结束")
            states.append(state)
        self.assertEqual(len(states), 5)

    def test_st02_no_step_is_skipped(self):
        for step in ("written", "computer", "interview", "agreed", "opened"):
            with self.subTest(step), self.assertRaises(UserError):
                self.application.with_user(self.director)._take_step(step)
        with self.assertRaises(UserError):
            self.application.with_user(self.clerk).action_test()

    def test_st02_nobody_writes_the_state(self):
        with self.assertRaises(UserError):
            self.application.with_user(self.director).write({"state": "agreed"})

    def test_st02_accepting_needs_a_place_and_an_identity_number(self):
        bare = (
            self.env["rural.station.application"]
            .with_user(self.clerk)
            .create({"applicant": "李大权", "phone": "13800000000"})
        )
        with self.assertRaisesRegex(UserError, "identity number"):
            bare.action_accept()
        self.assertIn("township", bare.missing)

    def test_st02_training_counts_when_a_second_person_has_confirmed_it(self):
        self.bring_to(self.application, "training")
        self.train(self.application, score=40)
        self.assertEqual(self.application.state, "training")
        with self.assertRaisesRegex(UserError, "training"):
            self.application.with_user(self.clerk).action_training_passed()
        self.train(self.application)
        self.assertEqual(self.application.state, "written")

    def test_st02_training_names_whose_it_is(self):
        with self.assertRaisesRegex(ValidationError, "application or the station"):
            self.env["rural.training.session"].create(
                {
                    "course_id": self.course.id,
                    "begins_at": "2022-06-20 01:00:00",
                    "ends_at": "2022-06-20 08:00:00",
                    "result_ids": [(0, 0, {"person": "某人", "score": 80})],
                }
            )

    def test_st02_written_test_judges_itself(self):
        self.bring_to(self.application, "written")
        examination = self.begin(self.application)
        with self.assertRaisesRegex(UserError, "concludes itself"):
            examination.with_user(self.second).action_conclude()
        self.answer(examination)
        self.assertEqual((examination.state, examination.score, self.application.state), ("passed", 100, "computer"))

    def test_st02_who_failed_tries_again_after_the_days_of_the_rule(self):
        self.bring_to(self.application, "written")
        examination = self.write_test(self.application, right=False)
        self.assertEqual(examination.state, "failed")
        self.assertEqual(str(self.application.retry_from), "2022-07-15")
        with self.assertRaisesRegex(UserError, "2022-07-15"):
            self.begin(self.application)
        with freeze_time("2022-07-15 02:00:00"):
            self.application.invalidate_recordset()
            self.write_test(self.application)
        self.assertEqual(self.application.state, "computer")
        self.assertEqual(self.application.examination_ids.sorted("id").mapped("number"), [1, 2])

    def test_st02_tries_are_as_many_as_the_rule_says(self):
        self.bring_to(self.application, "written")
        for day in ("2022-07-01", "2022-08-01", "2022-09-01"):
            with freeze_time(f"{day} 02:00:00"):
                self.application.invalidate_recordset()
                self.write_test(self.application, right=False)
        with freeze_time("2022-12-01 02:00:00"), self.assertRaisesRegex(UserError, "3 times"):
            self.begin(self.application)

    def test_st02_rule_of_tries_is_dated(self):
        parameter = self.env.ref("rural_station_partner.parameter_station_test_tries")
        self.env["rural.parameter.value"].create(
            {"parameter_id": parameter.id, "value": 1, "valid_from": "2022-06-01", "company_id": self.company.id}
        )
        self.bring_to(self.application, "written")
        self.write_test(self.application, right=False)
        with freeze_time("2022-12-01 02:00:00"), self.assertRaisesRegex(UserError, "1 times"):
            self.begin(self.application)

    def test_st02_computer_test_takes_required_items_and_a_share(self):
        self.bring_to(self.application, "computer")
        with self.assertRaisesRegex(UserError, "each item"):
            self.begin(self.application).with_user(self.second).action_conclude()
        examination = self.computer_test(self.application, failed=(0,))
        self.assertEqual((examination.state, examination.score), ("failed", 90))
        with freeze_time("2022-08-01 02:00:00"):
            self.application.invalidate_recordset()
            examination = self.computer_test(self.application, failed=(5, 6))
        self.assertEqual((examination.state, examination.score), ("passed", 80))
        self.assertEqual(examination.pass_value_id.value, 80)
        self.assertIn("80", examination.explanation)

    def test_st02_whoever_entered_the_application_does_not_judge(self):
        self.bring_to(self.application, "computer")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.computer_test(self.application, user=self.clerk)

    def test_st02_items_stay_when_the_test_is_concluded(self):
        self.bring_to(self.application, "computer")
        examination = self.computer_test(self.application, failed=(0,))
        with self.assertRaises(UserError):
            examination.result_ids[0].with_user(self.second).result = "passed"

    def test_st02_interviewers_score_their_own_row_only(self):
        self.bring_to(self.application, "interview")
        examination = self.begin(self.application)
        examination.with_user(self.clerk).score_ids = [
            (0, 0, {"interviewer_id": user.id, "score": 99}) for user in (self.second, self.third)
        ]
        own, other = examination.score_ids
        self.assertEqual(own.score, 0, "nobody enters the score of another interviewer")
        own.with_user(self.second).score = 81
        for score in (own, other):
            with self.assertRaises(AccessError):
                score.with_user(self.clerk).score = 100
        with self.assertRaises(AccessError):
            other.with_user(self.second).action_give()
        own.with_user(self.second).action_give()
        with self.assertRaises(UserError):
            own.with_user(self.second).score = 90
        with self.assertRaisesRegex(UserError, "no score yet"):
            examination.with_user(self.second).action_conclude()

    def test_st02_interview_takes_several_and_their_mean(self):
        self.bring_to(self.application, "interview")
        with self.assertRaisesRegex(UserError, "2 interviewers"):
            self.interview(self.application, 90)
        self.begin(self.application).with_user(self.clerk).action_cancel()
        examination = self.interview(self.application, 60, 79.9)
        self.assertEqual((examination.state, round(examination.score, 2)), ("failed", 69.95))

    def test_st02_mean_at_the_mark_passes(self):
        self.bring_to(self.application, "interview")
        examination = self.interview(self.application, 60, 80)
        self.assertEqual((examination.state, self.application.state), ("passed", "agreed"))

    def test_st02_refused_applicant_reads_why(self):
        self.application.with_user(self.clerk)._refuse("该村已有服务站")
        self.assertEqual(self.application.decision_reason, "该村已有服务站")
        with self.assertRaises(UserError):
            self.application.with_user(self.clerk).action_accept()

    def test_st02_each_step_names_who_comes_next(self):
        self.clerk.lang = "en_US"
        self.assertEqual(len(self.application.activity_ids), 1)
        self.assertEqual(self.application.activity_ids.user_id, self.clerk)
        self.bring_to(self.application, "training")
        self.assertIn("training", self.application.activity_ids.summary)
