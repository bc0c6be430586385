from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestRenewal(AgreementCase):
    """SC-18, SC-07: next year's agreement, with the deposit topped up first and the priority shown."""

    def setUp(self):
        super().setUp()
        self.bring_to("active")

    def renew(self):
        action = self.agreement.with_user(self.operations).action_renew()
        renewal = self.env["rural.center.agreement"].browse(action["res_id"])
        renewal.write({"signed_on": "2026-03-01", "signed_scan": b"JVBERi0xLjQK"})
        return renewal

    def test_sc18_the_next_agreement_begins_with_this_year_s_targets(self):
        renewal = self.renew()
        self.assertEqual((renewal.year, renewal.stage, renewal.previous_id), (2027, "draft", self.agreement))
        self.assertEqual((renewal.date_from, renewal.date_to), (date(2027, 1, 1), date(2027, 12, 31)))
        self.assertEqual((renewal.target_market_revenue, renewal.target_purchasers), (600000, 40))
        with self.assertRaisesRegex(UserError, "for 2027 already"):
            self.agreement.with_user(self.operations).action_renew()

    def test_sc18_the_whole_way_to_next_year(self):
        renewal = self.bring_to("active", self.renew())
        code = self.center.service_code
        with freeze_time("2027-01-01 02:00:00"):
            self.env.invalidate_all()
            self.env["rural.center.agreement"]._cron_end_and_remind()
            self.assertEqual((self.agreement.stage, self.agreement.ended_on), ("ended", date(2026, 12, 31)))
            self.assertEqual((renewal.stage, self.center.state), ("active", "active"))
            self.assertEqual(self.center.agreement_id, renewal)
            self.assertEqual(renewal.certificate_id.state, "valid")
            self.assertEqual(self.agreement.certificate_id.state, "expired")
        self.assertEqual(self.center.service_code, code)
        self.assertEqual(max(self.center.authorisation_ids.mapped("valid_to")), date(2027, 12, 31))

    def test_sc07_a_reduced_deposit_is_topped_up_before_the_signature(self):
        deposit = self.center.deposit_id
        movement = deposit.with_user(self.operations)._request("deduct", 600, "违规", clause="SC-17", document="决定书")
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()
        renewal = self.renew()
        with self.assertRaisesRegex(UserError, r"600\.00"):
            self.step(renewal)
        action = renewal.with_user(self.operations).action_request_deposit()
        top_up = self.env["rural.deposit.movement"].browse(action["res_id"])
        self.assertEqual((top_up.kind, top_up.amount), ("top_up", 600))
        top_up.with_user(self.director).action_approve()
        top_up.with_user(self.accountant)._post()
        self.step(renewal)
        self.assertEqual(renewal.stage, "signed")

    def late_renewal(self):
        """A renewal that is signed a month after the agreement before has ended."""
        renewal = self.renew()
        self.startPatcher(freeze_time("2027-02-01 02:00:00"))
        self.env.invalidate_all()
        self.env["rural.center.agreement"]._cron_end_and_remind()
        return renewal

    def test_sc05_a_late_renewal_begins_with_its_activation(self):
        self.bring_to("active", self.late_renewal())
        self.assertEqual(max(self.center.authorisation_ids.mapped("valid_from")), date(2027, 2, 1))

    def test_sc05_a_manager_lets_a_late_renewal_begin_with_its_first_day(self):
        renewal = self.late_renewal()
        with self.assertRaises(AccessError):
            renewal.with_user(self.operations)._begin_with_first_day("续签材料晚到")
        with self.assertRaises(UserError):
            renewal.with_user(self.director)._begin_with_first_day(" ")
        renewal.with_user(self.director)._begin_with_first_day("续签材料晚到")
        self.assertEqual((renewal.begin_by_id, renewal.begin_reason), (self.director, "续签材料晚到"))
        self.bring_to("active", renewal)
        period = self.center.authorisation_ids.sorted("valid_from")[-1]
        self.assertEqual((period.valid_from, period.valid_to), (date(2027, 1, 1), date(2027, 12, 31)))
        self.assertEqual(period.reason, "续签材料晚到")
        self.assertEqual(renewal.certificate_id.valid_from, date(2027, 1, 1))

    def test_sc05_a_first_agreement_does_not_begin_before_its_activation(self):
        draft = self._new_agreement(self._new_center("崇阳县区域服务中心", "421223"))
        with self.assertRaisesRegex(UserError, "follows no other"):
            draft.with_user(self.director)._begin_with_first_day("补签")

    def change_due_amount(self, value, since):
        parameter = self.center.deposit_id.due_parameter_id.parameter_id
        present = parameter.value_ids.filtered(lambda version: not version.valid_to and not version.company_id)
        present._change_from(date.fromisoformat(since), value=value)

    def test_dp05_a_changed_default_reaches_agreements_that_begin_after_it(self):
        deposit = self.center.deposit_id
        due = deposit.due_amount
        self.change_due_amount(due + 3000, "2026-12-01")
        self.assertEqual((deposit.due_amount, deposit.shortfall), (due, 0))
        renewal = self.renew()
        with self.assertRaisesRegex(UserError, r"3,000\.00"):
            self.step(renewal)
        self.assertEqual(deposit.due_amount, due)
        action = renewal.with_user(self.operations).action_request_deposit()
        top_up = self.env["rural.deposit.movement"].browse(action["res_id"])
        self.assertEqual((top_up.kind, top_up.amount, deposit.due_amount), ("top_up", 3000, due + 3000))

    def test_dp05_a_changed_default_leaves_agreements_that_began_before_it(self):
        due = self.center.deposit_id.due_amount
        self.change_due_amount(due + 3000, "2027-01-02")
        renewal = self.renew()
        self.step(renewal)
        self.assertEqual((renewal.stage, self.center.deposit_id.due_amount), ("signed", due))

    def test_sc18_priority_is_shown_on_the_renewal(self):
        self.assertFalse(self.agreement.renewal_priority)
        self.agreement._grant_priority("2026年度四项指标全部完成")
        renewal = self.renew()
        self.assertTrue(renewal.has_priority)
        self.assertEqual(renewal.priority_reason, "2026年度四项指标全部完成")
        self.agreement._withdraw_priority()
        self.assertFalse(renewal.has_priority)

    def test_sc18_priority_is_not_given_by_hand(self):
        renewal = self.renew().with_user(self.director)
        for name in ("renewal_priority", "has_priority"):
            with self.subTest(field=name), self.assertRaises(UserError):
                renewal[name] = True

    def test_sc18_priority_is_the_center_s_own_and_of_the_year_before(self):
        self.agreement._grant_priority("2026年度四项指标全部完成")
        other = self._new_agreement(self._new_center("崇阳县区域服务中心", "421223"), 2027)
        with self.assertRaisesRegex(ValidationError, "for the year before"):
            other.with_user(self.operations).previous_id = self.agreement
        with self.assertRaisesRegex(ValidationError, "for the year before"):
            self._new_agreement(self.center, 2028, previous_id=self.agreement.id)

    def test_only_what_came_into_force_is_renewed(self):
        draft = self._new_agreement(self._new_center("崇阳县区域服务中心", "421223"))
        with self.assertRaisesRegex(UserError, "not active"):
            draft.with_user(self.operations).action_renew()
        with self.assertRaises(AccessError):
            self.agreement.with_user(self.officer).action_renew()

    def test_a_center_that_leaves_is_not_renewed(self):
        leaving = self.env["rural.center.exit"].with_user(self.operations)
        leaving.create({"center_id": self.center.id, "reason": "转型"}).with_user(self.director).action_decide()
        with self.assertRaisesRegex(UserError, "leaves"):
            self.agreement.with_user(self.operations).action_renew()

    def test_the_area_manager_is_reminded_once_of_what_ends_soon(self):
        Agreement = self.env["rural.center.agreement"]
        reminders = lambda: self.agreement.activity_ids.filtered(  # noqa: E731
            lambda activity: activity.activity_type_id == self.env.ref("rural_center_agreement.activity_renewal")
        )
        with freeze_time("2026-10-31 15:59:00"):
            Agreement._cron_end_and_remind()
            self.assertFalse(reminders())
        with freeze_time("2026-10-31 16:00:00"):
            Agreement._cron_end_and_remind()
            Agreement._cron_end_and_remind()
            self.assertEqual(len(reminders()), 1)
            self.assertEqual(reminders().date_deadline, date(2026, 12, 31))

    def test_a_renewed_agreement_is_not_reminded_of(self):
        self.renew()
        with freeze_time("2026-12-20 02:00:00"):
            self.env["rural.center.agreement"]._cron_end_and_remind()
            self.assertFalse(self.agreement.activity_ids)

    def test_a_cancelled_renewal_can_be_drawn_up_again(self):
        self.renew().with_user(self.operations)._cancel("重新协商")
        self.assertEqual(self.renew().year, 2027)
