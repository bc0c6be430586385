from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestSuspension(AgreementCase):
    def setUp(self):
        super().setUp()
        self.bring_to("active")

    def wizard(self, user=None, **vals):
        return (
            self.env["rural.center.suspend"]
            .with_user(user or self.operations)
            .create({"center_id": self.center.id, "reason": "整改", **vals})
        )

    def test_sc10_a_suspended_center_earns_nothing_until_it_is_resumed(self):
        self.wizard().action_apply()
        self.assertEqual(self.center.state, "suspended")
        self.assertEqual(self.center.suspension_ids.reason, "整改")
        self.wizard(resume=True, first_day="2026-03-10", reason="整改完成").action_apply()
        self.assertEqual(self.center.suspension_ids.valid_to, date(2026, 3, 9))
        self.assertIn("整改完成", "".join(self.center.message_ids.mapped("body")))

    def test_a_suspension_lifted_on_its_first_day_never_was(self):
        self.wizard().action_apply()
        self.wizard(resume=True).action_apply()
        self.assertEqual((self.center.state, len(self.center.suspension_ids)), ("active", 0))

    def test_sc10_a_suspension_is_lifted_by_who_entered_it_or_a_manager(self):
        self.wizard(self.area).action_apply()
        with self.assertRaisesRegex(AccessError, "operations manager"):
            self.wizard(resume=True).action_apply()
        self.wizard(self.director, resume=True).action_apply()
        self.assertEqual(self.center.state, "active")

    def test_nobody_suspends_for_days_that_are_over(self):
        with self.assertRaisesRegex(UserError, "today or a later day"):
            self.wizard(first_day="2026-03-01").action_apply()
        with self.assertRaisesRegex(UserError, "before its first one"):
            self.wizard(first_day="2026-03-05", last_day="2026-03-04").action_apply()

    def test_a_center_is_suspended_once(self):
        self.wizard(last_day="2026-03-31").action_apply()
        with self.assertRaises(ValidationError):
            self.wizard(first_day="2026-03-15").action_apply()

    def test_a_center_that_does_not_work_is_not_suspended(self):
        other = self._new_center("崇阳县区域服务中心", "421223")
        with self.assertRaisesRegex(UserError, "nothing to suspend"):
            self.wizard(center_id=other.id).action_apply()
        with self.assertRaisesRegex(UserError, "not suspended"):
            self.wizard(resume=True).action_apply()

    def test_others_do_not_suspend(self):
        for user in (self.officer, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.wizard(user).action_apply()
