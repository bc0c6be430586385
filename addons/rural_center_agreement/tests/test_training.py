from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestTraining(AgreementCase):
    """SC-05: somebody of the center has passed, and a second person has confirmed it."""

    def setUp(self):
        super().setUp()
        self.bring_to("published")

    def refused(self):
        with self.assertRaisesRegex(UserError, "Nobody of 通城县区域服务中心 has passed"):
            self.step(self.agreement)

    def test_sc05_a_confirmed_pass_opens_the_way(self):
        self.refused()
        session = self.train(confirm=False)
        self.refused()
        session.with_user(self.area).action_confirm()
        self.step(self.agreement)
        self.assertEqual(self.agreement.stage, "trained")

    def test_sc05_the_pass_mark_itself_passes(self):
        self.train(score=59.99)
        self.refused()
        session = self.train(score=60)
        self.assertTrue(session.result_ids.passed)
        self.step(self.agreement)

    def test_sc05_another_center_s_pass_does_not_count(self):
        self.train(self._new_center("崇阳县区域服务中心", "421223"))
        self.refused()

    def test_sc05_a_pass_counts_for_two_years(self):
        session = self.train()
        for day, counts in (("2024-03-01 15:59:59", False), ("2024-03-01 16:00:00", True)):
            with self.subTest(day=day):
                session.sudo().begins_at = datetime.fromisoformat(day)
                self.assertEqual(not self.agreement._missing("trained"), counts)

    def test_sc05_nobody_writes_that_somebody_has_passed(self):
        session = (
            self.env["rural.training.session"]
            .with_user(self.operations)
            .create(
                {
                    "course_id": self.course.id,
                    "begins_at": "2027-03-02 01:00:00",
                    "ends_at": "2027-03-02 08:00:00",
                    "result_ids": [(0, 0, {"center_id": self.center.id, "person": "张萍"})],
                }
            )
        )
        result = session.result_ids
        forged = {"session_state": "confirmed", "passed": True, "held_at": "2026-02-26 01:00:00"}
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "written by the buttons"):
                result.write({name: value})
        begun = result.create({"session_id": session.id, "center_id": self.center.id, "person": "李刚", **forged})
        self.assertEqual((begun.session_state, begun.passed, begun.held_at), ("planned", False, session.begins_at))
        result.sudo().write(forged)
        self.refused()

    def test_sc05_no_result_moves_into_a_confirmed_session(self):
        confirmed = self.train(self._new_center("崇阳县区域服务中心", "421223"))
        open_session = self.train(confirm=False)
        open_session.with_user(self.area).action_correct()
        with self.assertRaisesRegex(UserError, "stay as they are"):
            open_session.result_ids.with_user(self.operations).session_id = confirmed

    def test_sc05_another_pass_mark_changes_no_recorded_result(self):
        session = self.train(score=59)
        self.course.pass_score = 50
        self.assertFalse(session.result_ids.passed)
        self.refused()

    def test_sc05_a_training_for_centers_names_the_center(self):
        with self.assertRaisesRegex(ValidationError, "enter the service center"):
            self._plan({"person": "张萍"})
        session = self._plan({"person": "张萍", "center_id": self.center.id})
        self.assertEqual(session.result_ids._party(), self.center)
        villagers = self.env["rural.training.course"].create({"name": "网上购物", "audience": "villager"})
        with self.assertRaisesRegex(ValidationError, "not for service centers"):
            session.course_id = villagers

    def test_sc05_people_of_one_name_come_from_two_centers(self):
        neighbour = self._new_center("崇阳县区域服务中心", "421223")
        session = self._plan(*({"person": "张萍", "center_id": each.id} for each in (self.center, neighbour)))
        self.assertEqual(session.participant_count, 2)

    def _plan(self, *people):
        return self.env["rural.training.session"].create(
            {
                "course_id": self.course.id,
                "begins_at": "2026-03-02 01:00:00",
                "ends_at": "2026-03-02 08:00:00",
                "result_ids": [(0, 0, person) for person in people],
            }
        )
