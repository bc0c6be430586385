from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CenterCase


@tagged("post_install", "-at_install")
@freeze_time("2022-03-10 02:00:00")
class TestCrossRegionReport(CenterCase):
    def new_report(self, **vals):
        return self.as_user(self.env["rural.cross.region.report"], self.operations).create(
            {
                "center_id": self.center.id,
                "purchaser_id": self.purchaser.id,
                "valid_until": "2022-12-31",
                **vals,
            }
        )

    def requested(self, **vals):
        report = self.new_report(**vals)
        report.action_request()
        return report

    def approved(self, **vals):
        report = self.requested(**vals)
        self.as_user(report, self.checker).action_approve()
        return report

    def decide(self, report, user, decision, reason="采购人更换渠道"):
        reports = self.as_user(report, user)
        action = getattr(reports, f"action_{decision}")()
        wizard = self.as_user(self.env[action["res_model"]], user).with_context(**action["context"])
        wizard.create({"reason": reason}).action_apply()

    def test_sc11_a_report_is_requested_by_one_and_approved_by_another(self):
        report = self.requested()
        self.assertEqual((report.state, report.requested_by_id), ("requested", self.operations))
        self.as_user(report, self.checker).action_approve()
        self.assertEqual((report.state, report.decided_by_id), ("approved", self.checker))
        self.assertEqual(report.approved_at, datetime(2022, 3, 10, 2, 0))

    def test_sc11_the_requester_cannot_decide(self):
        report = self.requested()
        self.assertFalse(report.can_decide)
        self.assertTrue(self.as_user(report, self.checker).can_decide)
        with self.assertRaises(UserError):
            report.action_approve()
        with self.assertRaises(UserError):
            self.decide(report, self.operations, "reject")

    def test_sc11_who_does_not_decide_opens_no_dialog(self):
        """The buttons ask for the role before they ask for a reason."""
        requested, approved = self.requested(), self.approved(purchaser_id=self.purchaser.copy({"code": "CG90009"}).id)
        for user in (self.officer, self._new_user("report_employee", "base.group_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.as_user(requested, user).action_reject()
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.as_user(approved, user).action_revoke()
        with self.assertRaisesRegex(UserError, "Approved"):
            self.as_user(approved, self.checker).action_reject()
        with self.assertRaisesRegex(UserError, "cannot be revoked"):
            self.as_user(requested, self.manager).action_revoke()

    def test_sc11_settlement_cannot_request_or_approve(self):
        for user in (self.officer, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.as_user(self.new_report(), user).action_request()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.as_user(self.requested(), user).action_approve()

    def test_sc11_a_budget_unit_is_refused(self):
        self.purchaser.purchaser_type = "budget_unit"
        with self.assertRaises(UserError) as caught:
            self.new_report().action_request()
        self.assertIn("SC-11", str(caught.exception))

    def test_sc11_a_purchaser_that_has_become_a_budget_unit_is_not_approved(self):
        report = self.requested()
        self.purchaser.purchaser_type = "budget_unit"
        with self.assertRaises(UserError):
            self.as_user(report, self.checker).action_approve()

    def test_sc11_a_purchaser_of_unknown_type_can_be_reported(self):
        self.purchaser.purchaser_type = False
        self.assertEqual(self.approved().state, "approved")

    def test_sc11_a_provincial_center_may_report_too(self):
        province = self._new_center("省级运营服务中心", self.province)
        self.assertEqual(self.approved(center_id=province.id).state, "approved")

    def test_sc11_a_report_must_not_be_over(self):
        with self.assertRaises(UserError):
            self.new_report(valid_until="2022-03-09").action_request()
        report = self.requested(valid_until="2022-03-10")
        with freeze_time("2022-03-10 16:00:00"), self.assertRaises(UserError):  # 11 March in China
            self.as_user(report, self.checker).action_approve()
        self.as_user(report, self.checker).action_approve()

    def test_sc11_a_rejection_has_a_reason_and_the_report_can_be_corrected(self):
        report = self.requested()
        self.decide(report, self.checker, "reject", "有效期过长")
        self.assertEqual((report.state, report.decision_reason), ("rejected", "有效期过长"))
        report.action_reset_to_draft()
        report.valid_until = "2022-06-30"
        report.action_request()
        self.assertEqual((report.state, report.decision_reason), ("requested", False))

    def test_sc11_what_has_been_asked_for_is_not_edited(self):
        for report in (self.requested(), self.approved()):
            for vals in ({"valid_until": "2030-12-31"}, {"center_id": self.center.id}, {"reason": "-"}):
                with self.subTest(state=report.state, vals=vals), self.assertRaises(UserError):
                    report.write(vals)
            with self.assertRaises(UserError):
                report.unlink()

    def test_sc11_nobody_writes_the_steps(self):
        report = self.new_report()
        for vals in ({"state": "approved"}, {"approved_at": "2022-01-01"}, {"requested_by_id": self.checker.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                report.write(vals)
        begun = self.new_report(state="approved", approved_at="2022-01-01", decided_by_id=self.checker.id)
        self.assertEqual((begun.state, begun.approved_at, begun.decided_by_id.id), ("draft", False, False))

    def test_sc11_steps_have_their_order(self):
        report = self.approved()
        for step in (report.action_request, report.action_reset_to_draft):
            with self.assertRaises(UserError):
                step()
        with self.assertRaises(UserError):
            self.as_user(self.new_report(), self.checker).action_approve()

    def test_sc11_a_revoked_report_keeps_what_it_has_let_in(self):
        report = self.approved()
        with freeze_time("2022-05-05 16:30:00"):  # 6 May in China
            self.decide(report, self.manager, "revoke")
        self.assertEqual(report.valid_until, date(2022, 5, 6))
        self.assertEqual(report.approved_at, datetime(2022, 3, 10, 2, 0))
        self.assertEqual((report.state, report.revoked_by_id), ("approved", self.manager))
        self.assertEqual(report.decision_reason, "采购人更换渠道")

    def test_sc11_only_managers_revoke(self):
        report = self.approved()
        for user in (self.operations, self.checker):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.decide(report, user, "revoke")
        self.province.macro_region_id = self.env["rural.macro.region"].create(
            {"name": "试验大区", "manager_id": self.checker.id}
        )
        self.center.invalidate_recordset()
        self.decide(report, self.checker, "revoke")
        self.assertTrue(report.revoked_at)

    def test_sc11_a_report_is_revoked_once_and_while_it_is_valid(self):
        report = self.approved()
        self.decide(report, self.manager, "revoke")
        with self.assertRaises(UserError):
            self.decide(report, self.manager, "revoke")
        with freeze_time("2022-03-10 03:00:00"):
            report = self.approved(valid_until="2022-03-20")
        with freeze_time("2022-03-21"), self.assertRaises(UserError):
            self.decide(report, self.manager, "revoke")

    def test_the_area_manager_is_asked(self):
        self.province.macro_region_id = self.env["rural.macro.region"].create(
            {"name": "试验大区", "manager_id": self.checker.id}
        )
        report = self.requested()
        self.assertEqual(report.activity_ids.user_id, self.checker)
        self.as_user(report, self.checker).action_approve()
        self.assertFalse(report.activity_ids)

    def test_a_report_is_entered_on_its_form(self):
        form = Form(self.as_user(self.env["rural.cross.region.report"], self.operations))
        form.center_id, form.purchaser_id = self.center, self.purchaser
        form.valid_until = date(2022, 12, 31)
        self.assertEqual(form.save().display_name, "FW421222X · CG900001 武昌区总工会")

    def test_the_tile_counts_reports_to_approve(self):
        tile = self.env.ref("rural_service_center.tile_reports_to_approve")
        tile = self.as_user(tile, self.checker)
        before = tile.count
        self.requested()
        tile.invalidate_recordset()
        self.assertEqual(tile.count, before + 1)
        own = self.as_user(tile, self.operations)
        self.assertEqual(own.count, before)
