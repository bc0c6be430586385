from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestExit(AgreementCase):
    """DP-04: a center leaves; its deposit goes back when nothing is open any more."""

    def setUp(self):
        super().setUp()
        self.bring_to("active")

    def ask(self, **vals):
        return (
            self.env["rural.center.exit"]
            .with_user(self.operations)
            .create({"center_id": self.center.id, "reason": "企业转型", "last_day": "2026-03-31", **vals})
        )

    def decide(self, **vals):
        leaving = self.ask(**vals)
        leaving.with_user(self.director).action_decide()
        return leaving

    def test_dp04_authorisation_certificate_and_agreement_end_with_the_last_day(self):
        leaving = self.decide()
        certificate = self.agreement.certificate_id
        self.assertEqual(self.center.authorisation_ids.valid_to, date(2026, 3, 31))
        self.assertEqual(certificate.revoked_from, date(2026, 4, 1))
        self.assertEqual((certificate.state, self.agreement.stage, self.center.state), ("valid", "active", "active"))
        with freeze_time("2026-03-31 16:00:00"):
            self.env.invalidate_all()
            self.env["rural.center.agreement"]._cron_end_and_remind()
            self.assertEqual((certificate.state, self.agreement.stage), ("revoked", "ended"))
            self.assertEqual((self.center.state, self.agreement.ended_on), ("ended", date(2026, 3, 31)))
            self.assertIn("企业转型", certificate.revoke_reason)
        self.assertEqual(leaving.decided_by_id, self.director)

    def test_dp04_the_whole_way_out(self):
        leaving = self.decide()
        user = self.center.partner_id.user_ids
        with freeze_time("2026-04-01 02:00:00"):
            leaving.with_user(self.operations).action_complete()
            refund = self.center.deposit_id.movement_ids.filtered(lambda movement: movement.kind == "refund")
            self.assertEqual((refund.state, refund.amount, refund.clause_id.code), ("requested", 20000, "DP-04"))
            self.assertEqual((leaving.state, user.active), ("done", False))
            refund.with_user(self.director).action_approve()
            refund.with_user(self.accountant)._post()
            self.assertEqual((self.center.deposit_id.balance, self.center.deposit_id.state), (0, "closed"))

    def test_dp04_blocked_until_the_last_day_is_over(self):
        leaving = self.decide()
        with self.assertRaisesRegex(UserError, "is not over"):
            leaving.with_user(self.operations).action_complete()

    def test_dp04_blocked_while_the_deposit_s_blockers_stand(self):
        leaving = self.decide(last_day="2026-03-01")
        deposit = self.center.deposit_id
        deduction = deposit.with_user(self.operations)._request(
            "deduct", 500, "违规", clause="SC-17", document="决定书"
        )
        with self.assertRaisesRegex(UserError, deduction.name):
            leaving.with_user(self.operations).action_complete()
        self.assertIn(deduction.name, leaving.open_checks)
        deduction.with_user(self.director).action_approve()
        deduction.with_user(self.accountant)._post()
        leaving.with_user(self.operations).action_complete()
        refund = deposit.movement_ids.filtered(lambda movement: movement.kind == "refund")
        self.assertEqual(refund.amount, 19500)

    def test_dp04_blocked_by_what_other_addons_say(self):
        leaving = self.decide(last_day="2026-03-01")
        with patch.object(
            self.registry["rural.deposit"], "_refund_blockers", lambda deposit: ["对账单 2026-02 未付款", "处罚未结案"]
        ):
            leaving.invalidate_recordset()
            self.assertEqual(leaving.open_checks, "对账单 2026-02 未付款\n处罚未结案")
            with self.assertRaisesRegex(UserError, "(?s)对账单 2026-02 未付款.*处罚未结案"):
                leaving.with_user(self.operations).action_complete()
        leaving.with_user(self.operations).action_complete()

    def test_dp04_no_refund_without_an_exit(self):
        with self.assertRaisesRegex(UserError, "has not left"):
            self.center.deposit_id.with_user(self.operations)._request("refund", 100, "退还", document="申请")
        self.ask()
        with self.assertRaisesRegex(UserError, "has not left"):
            self.center.deposit_id.with_user(self.operations)._request("refund", 100, "退还", document="申请")

    def test_a_second_person_decides_with_the_role(self):
        leaving = self.ask()
        for user in (self.operations, self.area):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                leaving.with_user(user).action_decide()
        own = self.env["rural.center.exit"].with_user(self.director)
        with self.assertRaisesRegex(UserError, "nobody else takes it back"):
            leaving.with_user(self.director).action_cancel()
        step = leaving.with_user(self.director).action_reject()
        self.assertEqual((leaving.state, step["res_model"]), ("requested", "rural.step.reason"))
        with self.assertRaisesRegex(UserError, "Say why"):
            leaving.with_user(self.director)._reject(" ")
        leaving.with_user(self.director)._reject("中心改变了主意")
        self.assertEqual((leaving.state, leaving.decision_reason), ("cancelled", "中心改变了主意"))
        own = own.create({"center_id": self.center.id, "reason": "违规"})
        with self.assertRaisesRegex(UserError, "Somebody else"):
            own.action_decide()

    def test_nobody_leaves_in_the_past_or_twice(self):
        with self.assertRaisesRegex(ValidationError, "in the past"), self.cr.savepoint():
            self.ask(last_day="2026-02-28")
        self.ask()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.ask()

    def test_dp04_an_exit_that_is_decided_late_needs_another_last_day(self):
        leaving = self.ask()
        with freeze_time("2026-06-01 02:00:00"):
            with self.assertRaisesRegex(ValidationError, "Enter another last day"), self.cr.savepoint():
                leaving.with_user(self.director).action_decide()
            self.assertEqual((leaving.state, self.center.authorisation_ids.valid_to), ("requested", date(2026, 12, 31)))
            leaving.with_user(self.operations).last_day = "2026-06-30"
            leaving.with_user(self.director).action_decide()
        self.assertEqual(self.center.authorisation_ids.valid_to, date(2026, 6, 30))

    def test_sc05_a_center_that_leaves_goes_no_step_further(self):
        renewal = self._new_agreement(self.center, 2027, previous_id=self.agreement.id)
        leaving = self.ask()
        self.assertIn("leaves or has left", renewal.missing)
        with self.assertRaisesRegex(UserError, "leaves or has left"):
            self.step(renewal)
        leaving.with_user(self.director).action_decide()
        with freeze_time("2026-04-01 02:00:00"):
            leaving.with_user(self.operations).action_complete()
            with self.assertRaisesRegex(ValidationError, "leaves or has left"):
                self._new_agreement(self.center, 2027)

    def test_sc07_no_deposit_is_asked_of_a_center_that_leaves(self):
        renewal = self._new_agreement(self.center, 2027, previous_id=self.agreement.id)
        self.ask()
        with self.assertRaisesRegex(UserError, "leaves or has left"):
            renewal.with_user(self.operations).action_request_deposit()

    def test_steps_in_order(self):
        leaving = self.ask()
        with self.assertRaisesRegex(UserError, "Requested"):
            leaving.with_user(self.operations).action_complete()
        leaving.with_user(self.director).action_decide()
        for action, user in (("action_decide", self.director), ("action_cancel", self.operations)):
            with self.subTest(action=action), self.assertRaisesRegex(UserError, "Being Settled"):
                getattr(leaving.with_user(user), action)()
        with self.assertRaisesRegex(UserError, "stays"):
            leaving.with_user(self.operations).last_day = "2026-05-01"

    def test_a_center_that_never_began_leaves_its_region(self):
        other = self._new_center("崇阳县区域服务中心", "421223")
        agreement = self.bring_to("certified", self._new_agreement(other))
        leaving = self.decide(center_id=other.id, last_day="2026-03-01")
        self.assertEqual((agreement.stage, agreement.certificate_id.state), ("cancelled", "revoked"))
        leaving.with_user(self.operations).action_complete()
        self.assertFalse(other.active)
        self.assertTrue(self._new_center("崇阳县第二服务中心", "421223"))

    def test_the_portal_stays_open_for_a_company_with_another_living_center(self):
        second = self._new_center("崇阳县区域服务中心", "421223")
        second.partner_id = self.center.partner_id
        self.bring_to("active", self._new_agreement(second))
        self.decide(last_day="2026-03-01").with_user(self.operations).action_complete()
        self.assertTrue(self.center.partner_id.user_ids.active)

    def test_a_code_stays_with_the_center_that_left(self):
        code = self.center.service_code
        self.decide(last_day="2026-03-01").with_user(self.operations).action_complete()
        second = self._new_center("通城县第二服务中心", "421222")
        second.partner_id.email = "second@example.com"
        self.bring_to("active", self._new_agreement(second))
        self.assertNotEqual(second.service_code, code)
