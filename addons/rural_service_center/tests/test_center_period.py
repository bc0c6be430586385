from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CenterCase


@tagged("post_install", "-at_install")
@freeze_time("2022-03-10 02:00:00")
class TestCenterPeriod(CenterCase):
    """SC-10.4: what a center earns hangs on its periods. Who may change them, and for which days."""

    def suspension(self, user, valid_from="2022-03-10", **vals):
        return self.as_user(self.env["rural.center.suspension"], user).create(
            {"center_id": self.center.id, "valid_from": valid_from, "reason": "整改", **vals}
        )

    def assert_manager_alone(self, change):
        with self.assertRaisesRegex(AccessError, "operations manager|Operations Manager"), self.cr.savepoint():
            change(self.operations)
        change(self.director)

    def test_sc10_clerks_enter_and_change_their_own_from_today_on(self):
        period = self.suspension(self.operations)
        period.valid_to = "2022-03-31"
        period.valid_to = "2022-03-10"
        self.assertEqual(period.valid_to, date(2022, 3, 10))
        self.assertTrue(period.may_change)

    def test_sc10_days_that_are_over_are_for_a_manager(self):
        self.assert_manager_alone(lambda user: self.suspension(user, "2022-03-09"))

    def test_sc10_a_period_that_has_begun_begins_on_its_day(self):
        period = self.suspension(self.director, "2022-03-01")
        self.assert_manager_alone(
            lambda user: period.with_user(user).write({"valid_from": "2022-03-02", "reason": "日期有误"})
        )

    def test_sc10_what_another_has_entered_is_for_a_manager(self):
        period = self.suspension(self.checker)
        self.assertFalse(period.with_user(self.operations).may_change)
        self.assert_manager_alone(lambda user: period.with_user(user).write({"valid_to": "2022-03-31"}))
        self.assert_manager_alone(lambda user: period.with_user(user).write({"reason": "另行决定"}))

    def test_sc10_a_period_is_deleted_by_a_manager(self):
        period = self.suspension(self.operations)
        center = self.as_user(self.center, self.operations)
        with self.assertRaises(AccessError), self.cr.savepoint():
            center.write({"suspension_ids": [(2, period.id)]})
        center.with_user(self.director).write({"suspension_ids": [(2, period.id)]})
        self.assertFalse(period.exists())

    def test_sc10_a_manager_says_why_days_that_are_over_change(self):
        period = self.suspension(self.operations).with_user(self.director).with_context(tracking_disable=False)
        with self.assertRaisesRegex(UserError, "reason"), self.cr.savepoint():
            period.valid_from = "2022-03-01"
        period.write({"valid_from": "2022-03-01", "reason": "停业自三月初起"})
        self.assertIn("停业自三月初起", self.center.message_ids[:1].body)

    def test_sc10_no_client_keeps_a_change_out_of_the_chatter(self):
        for name in ("tracking_disable", "mail_notrack", "mail_create_nolog"):
            with self.subTest(key=name):
                silent = self.env["rural.center.authorisation"].with_user(self.director)
                silent = silent.with_context(allowed_company_ids=self.company.ids, tracking_disable=False)
                silent = silent.with_context(**{name: True})
                before = len(self.center.message_ids)
                period = silent.create({"center_id": self.center.id, "valid_from": "2021-01-01", "reason": "补录"})
                period.write({"valid_to": "2021-12-31", "reason": "更正"})
                period.unlink()
                self.env.invalidate_all()
                self.assertEqual(len(self.center.message_ids), before + 3)

    def test_sc05_a_period_stays_with_its_center(self):
        other = self._new_center("崇阳县区域服务中心", self._region("421223"))
        period = self.authorise(other, "2022-01-01")
        for user in (self.operations, self.director):
            for change in (
                lambda user: period.with_user(user).write({"center_id": self.center.id}),
                lambda user: self.center.with_user(user).write({"authorisation_ids": [(4, period.id)]}),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                    change(user)
        self.assertEqual(period.center_id, other)

    def test_the_form_shows_what_one_may_change(self):
        self.suspension(self.checker)
        form = Form(self.as_user(self.center, self.operations))
        with self.assertRaisesRegex(AssertionError, "readonly"), form.suspension_ids.edit(0) as suspension:
            suspension.valid_to = date(2022, 3, 31)
