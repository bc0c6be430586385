from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CenterCase

CENTERS = "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"
REPORTS = "服务码,采购单位编码,批准时间,有效期至"
CENTER = "FW421223K,崇阳县区域服务中心,市县,421223,2022-01-01,2023-12-31,,"
REPORT = "FW421222X,CG900001,2022-01-02 10:04:42,2023-12-31"


@tagged("post_install", "-at_install")
@freeze_time("2022-03-10 02:00:00")
class TestTakeOver(CenterCase):
    """SC-04: what a file brings counts once a second person, a manager, has confirmed it."""

    def load_center(self, row=CENTER, user=None):
        self.assertEqual(self.load("centers", CENTERS, [row], user).rejected_count, 0)
        return self.env["rural.center.take.over"].search([("state", "=", "requested")])

    def load_report(self, row=REPORT, user=None):
        self.assertEqual(self.load("reports", REPORTS, [row], user).rejected_count, 0)
        return self.env["rural.cross.region.report"].search([("center_id", "=", self.center.id)])

    def by_code(self, code="FW421223K"):
        return self.env["rural.service.center"].search([("service_code", "=", code)])

    def test_sc04_a_loaded_center_has_no_code_and_no_days_before_it_is_confirmed(self):
        take_over = self.load_center()
        self.assertFalse(self.by_code())
        self.assertEqual(take_over.loader_ids, self.operations)
        self.as_user(take_over, self.director).action_confirm()
        center = self.by_code()
        self.assertEqual((take_over.state, take_over.center_id), ("confirmed", center))
        self.assertEqual((center.state, take_over.decided_by_id), ("active", self.director))
        self.assertIn(self.operations.name, center.authorisation_ids.reason)

    def test_sc04_several_are_shown_before_they_are_confirmed_and_what_came_of_it_is_said(self):
        self.load_center()
        take_overs = self.as_user(self.load_center(CENTER.replace("421223", "421224")), self.director)
        action = take_overs.action_confirm_shown()
        self.assertEqual(set(take_overs.mapped("state")), {"requested"}, "it is shown first")
        dialog = Form(take_overs.env[action["res_model"]].with_context(**action["context"]))
        for words in ("FW421223K", "FW421224K", "authorised", "new center"):
            self.assertIn(words, dialog.document_names)
        answer = dialog.save().action_apply()
        self.assertEqual(set(take_overs.mapped("state")), {"confirmed"})
        self.assertEqual(answer["params"]["type"], "success")
        self.assertIn("2 taken over", answer["params"]["message"])
        with self.assertRaises(AccessError):
            take_overs.with_user(self.operations).action_confirm_shown()

    def test_sc04_who_loaded_does_not_confirm_and_only_a_manager_does(self):
        take_over = self.load_center(user=self.director)
        for user, error in (
            (self.director, UserError),
            (self.operations, AccessError),
            (self.officer, AccessError),
            (self.manager, AccessError),
            (self.env.ref("base.user_root"), UserError),
        ):
            with self.subTest(user=user.login), self.assertRaises(error), self.cr.savepoint():
                take_over.with_user(user).action_confirm()
        for user in (self.director, self.operations, self.officer, self.manager):
            self.assertFalse(take_over.with_user(user).can_decide)
        self.assertTrue(take_over.with_user(self.deputy).can_decide)
        self.assertFalse(self.by_code())
        self.as_user(take_over, self.deputy).action_confirm()
        self.assertTrue(self.by_code())

    def test_sc04_who_loads_the_file_again_has_a_hand_in_it(self):
        self.load_center()
        take_over = self.load_center(CENTER.replace("2023-12-31", "2024-12-31"), self.director)
        self.assertEqual(take_over.loader_ids, self.operations | self.director)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(take_over, self.director).action_confirm()

    def test_sc15_the_same_file_again_changes_nothing_before_it_is_confirmed(self):
        self.load_center()
        run = self.load("centers", CENTERS, [CENTER], self.checker)
        self.assertEqual(self.counts(run), {"unchanged": 1})
        self.assertEqual(self.env["rural.center.take.over"].search([]).loader_ids, self.operations)

    def test_sc04_new_days_of_a_known_center_wait_too(self):
        self.load_center()
        self.confirm_take_overs()
        run = self.load("centers", CENTERS, [CENTER.replace("2023-12-31", "2024-12-31")], self.director)
        self.assertEqual(self.counts(run), {"updated": 1})
        center = self.by_code()
        self.assertEqual(str(center.authorisation_ids.valid_to), "2023-12-31")
        self.confirm_take_overs()
        self.assertEqual(str(center.authorisation_ids.valid_to), "2024-12-31")

    def test_sc04_a_rejected_take_over_brings_nothing_and_can_come_again(self):
        take_over = self.load_center()
        action = self.as_user(take_over, self.director).action_reject()
        wizard = Form(self.env[action["res_model"]].with_user(self.director).with_context(**action["context"]))
        wizard.reason = "授权日期有误"
        wizard.save().action_apply()
        self.assertEqual((take_over.state, take_over.decision_reason), ("rejected", "授权日期有误"))
        self.assertFalse(self.by_code())
        self.assertEqual(self.counts(self.load("centers", CENTERS, [CENTER])), {"new": 1})

    def test_sc04_nobody_makes_or_changes_a_take_over_by_hand(self):
        take_over = self.load_center()
        for user in (self.operations, self.director):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.as_user(take_over, user).write({"service_code": "FW421223Z"})
                with self.assertRaises(AccessError):
                    self.as_user(take_over, user).copy()
                with self.assertRaises(AccessError):
                    self.as_user(take_over, user).unlink()

    def test_sc11_a_loaded_report_lets_nothing_in_before_it_is_confirmed(self):
        report = self.load_report()
        self.assertEqual((report.state, report.awaits_confirmation), ("requested", True))
        for user in (self.operations, self.checker):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                report.with_user(user).action_approve()
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                report.with_user(user).action_confirm_take_over()
            self.assertFalse(report.with_user(user).can_decide)
        with self.assertRaisesRegex(UserError, "came with a file"):
            self.as_user(report, self.operations).action_reset_to_draft()
        self.as_user(report, self.director).action_confirm_take_over()
        self.assertEqual((report.state, str(report.approved_at)), ("approved", "2022-01-02 02:04:42"))
        self.assertFalse(report.awaits_confirmation)

    def test_sc11_a_manager_who_loaded_a_report_does_not_confirm_it(self):
        report = self.load_report(user=self.director)
        for step in ("action_confirm_take_over", "action_approve"):
            with self.subTest(step=step), self.assertRaises(UserError), self.cr.savepoint():
                getattr(self.as_user(report, self.director), step)()
        with self.assertRaises(UserError):
            report.with_user(self.env.ref("base.user_root")).action_confirm_take_over()

    def test_sc11_a_corrected_last_day_counts_once_it_is_confirmed(self):
        report = self.load_report()
        self.confirm_take_overs()
        self.load_report(REPORT.replace("2023-12-31", "2099-12-31"), self.director)
        self.assertEqual((str(report.valid_until), str(report.corrected_until)), ("2023-12-31", "2099-12-31"))
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(report, self.director).action_confirm_take_over()
        self.as_user(report, self.deputy).action_confirm_take_over()
        self.assertEqual((str(report.valid_until), report.corrected_until), ("2099-12-31", False))

    def test_sc11_a_rejected_correction_leaves_the_report_as_it_was(self):
        report = self.load_report()
        self.confirm_take_overs()
        self.load_report(REPORT.replace("2023-12-31", "2099-12-31"))
        self.as_user(report, self.director)._reject("没有批件")
        self.assertEqual((report.state, str(report.valid_until)), ("approved", "2023-12-31"))
        self.assertFalse(report.awaits_confirmation)

    def test_sc04_the_command_line_confirms_as_the_manager_that_it_names(self):
        self.load_center()
        self.load_report()
        command = self.env["rural.command"]
        for what in ("centers", "reports"):
            with self.subTest(what=what):
                with self.assertRaisesRegex(UserError, "manager"):
                    command.with_user(self.env.ref("base.user_root"))._execute(["confirm", what])
                answer, code = self.as_user(command, self.director)._execute(["confirm", what])
                self.assertEqual((answer, code), ({"confirmed": 1}, 0))

    def test_another_company_sees_no_take_over(self):
        take_over = self.load_center()
        other = self.env["res.company"].create({"name": "另一家运营商"})
        stranger = self._new_user("take_over_stranger", "rural_base.group_operations_manager", other)
        self.assertFalse(self.as_user(take_over, stranger).search([("id", "=", take_over.id)]))
        with self.assertRaises(AccessError):
            self.as_user(take_over, stranger).action_confirm()

    def test_the_forms_open_for_who_may_read_them(self):
        take_over = self.load_center()
        for user in (self.operations, self.director, self.officer, self.manager):
            with self.subTest(user=user.login):
                Form(self.as_user(take_over, user))
                Form(self.as_user(self.center, user))
