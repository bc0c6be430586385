from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TrainingCase


@tagged("post_install", "-at_install")
class TestTraining(TrainingCase):
    """SC-05, ST-02: who was there and has passed, as a second person confirms."""

    def test_sc05_the_pass_mark_itself_passes(self):
        for score, passes in ((59.99, False), (60, True)):
            with self.subTest(score=score):
                self.assertEqual(self.train(score=score).result_ids.passed, passes)

    def test_sc05_who_recorded_does_not_confirm(self):
        session = self.train(confirm=False)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            session.with_user(self.operations).action_confirm()

    def test_sc05_results_need_a_mark_and_stay(self):
        session = self.train(confirm=False)
        session.with_user(self.area).action_correct()
        result = session.result_ids.with_user(self.operations)
        other = result.copy({"person": "李刚", "score": 0, "is_marked": False})
        with self.assertRaisesRegex(UserError, "李刚"):
            session.with_user(self.operations).action_record()
        other.attended = False
        session.with_user(self.operations).action_record()
        self.assertFalse(other.passed)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            result.score = 100
        with self.assertRaisesRegex(UserError, "stays"):
            session.with_user(self.operations).begins_at = "2026-01-01 00:00:00"

    def test_sc05_nobody_writes_that_somebody_has_passed(self):
        session = self.plan({"person": "张萍"}, begins="2027-03-02 01:00:00", ends="2027-03-02 08:00:00")
        result = session.result_ids
        forged = {"session_state": "confirmed", "passed": True, "held_at": "2026-02-26 01:00:00"}
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "written by the buttons"):
                result.write({name: value})
        begun = result.create({"session_id": session.id, "person": "李刚", **forged})
        self.assertEqual((begun.session_state, begun.passed, begun.held_at), ("planned", False, session.begins_at))

    def test_sc05_no_result_moves_into_a_confirmed_session(self):
        confirmed = self.train()
        open_session = self.train(confirm=False)
        open_session.with_user(self.area).action_correct()
        with self.assertRaisesRegex(UserError, "stay as they are"):
            open_session.result_ids.with_user(self.operations).session_id = confirmed

    def test_sc05_another_pass_mark_changes_no_recorded_result(self):
        session = self.train(score=59)
        self.course.pass_score = 50
        self.assertFalse(session.result_ids.passed)

    def test_sc05_a_session_of_tomorrow_has_no_results(self):
        session = self.env["rural.training.session"].create(
            {"course_id": self.course.id, "begins_at": "2026-03-03 01:00:00", "ends_at": "2026-03-03 08:00:00"}
        )
        with self.assertRaisesRegex(UserError, "not begun"):
            session.with_user(self.operations).action_record()
        session.with_user(self.operations).action_cancel()
        with self.assertRaisesRegex(UserError, "Cancelled"):
            session.with_user(self.operations).action_record()

    def test_scores_lie_between_0_and_100(self):
        with self.assertRaises(ValidationError):
            self.train(score=101)

    def test_sc05_an_online_test_is_a_result(self):
        survey = self._survey()
        self.course.survey_id = survey
        person = {"person": "张萍", "email": "zhangping@example.com"}
        session = self.plan(person, begins="2026-03-02 00:00:00", ends="2026-03-02 08:00:00")
        session.action_send_tests()
        result = session.result_ids
        answer = result.sudo().answer_id
        mail = self.env["mail.mail"].sudo().search([("email_to", "=", "zhangping@example.com")])
        self.assertIn(answer.access_token, mail.body_html)
        with self.assertRaisesRegex(UserError, "张萍"):
            session.action_record()
        question = survey.question_ids
        right = question.suggested_answer_ids.filtered("is_correct")
        answer._save_lines(question, str(right.id))
        answer._mark_done()
        self.assertEqual((result.score, result.passed), (100, True))
        with self.assertRaisesRegex(UserError, "online test"):
            result.score = 10
        session.action_record()
        session.with_user(self.area).action_confirm()
        self.assertEqual((session.state, session.passed_count), ("confirmed", 1))

    def _survey(self):
        return self.env["survey.survey"].create(
            {
                "title": "岗前测试",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 80,
                "question_and_page_ids": [
                    (
                        0,
                        0,
                        {
                            "title": "订单在哪里填写服务码?",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                (0, 0, {"value": "下单备注", "is_correct": True, "answer_score": 1}),
                                (0, 0, {"value": "不用填写"}),
                            ],
                        },
                    )
                ],
            }
        )
