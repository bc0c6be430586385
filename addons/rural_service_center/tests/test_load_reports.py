from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CenterCase

HEADINGS = "服务码,采购单位编码,批准时间,有效期至"
KNOWN = "FW421222X,CG900001,2022-01-02 10:04:42,2023-12-31"
NEW = "fw421222x, cg９00002,2022-01-01 00:30:00,2023-12-31"


@tagged("post_install", "-at_install")
class TestLoadReports(CenterCase):
    def load_reports(self, *rows, user=None):
        run = self.load("reports", HEADINGS, rows, user)
        self.confirm_take_overs()
        return run

    def reports(self):
        return self.env["rural.cross.region.report"].search([("center_id", "=", self.center.id)])

    def test_sc11_approved_reports_are_taken_over(self):
        self.assertEqual(self.counts(self.load_reports(KNOWN, NEW)), {"new": 2})
        known, new = self.reports().sorted("purchaser_id")
        self.assertEqual((known.purchaser_id, known.state), (self.purchaser, "approved"))
        self.assertEqual(new.approved_at, datetime(2021, 12, 31, 16, 30))  # 1 January in China
        self.assertEqual((new.valid_until, new.company_id), (date(2023, 12, 31), self.company))
        self.assertEqual((new.purchaser_id.code, new.purchaser_id.name), ("CG900002", False))

    def test_sc04_a_center_that_waits_for_its_confirmation_is_told_as_such(self):
        centers = "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"
        self.load("centers", centers, ["FW429999B,崇阳县区域服务中心,市县,421223,2022-01-30,2023-12-31,,"])
        waiting, unknown = (KNOWN.replace("FW421222X", code) for code in ("FW429999B", "FW429999Z"))
        run = self.load_reports(waiting, unknown)
        first, second = run.issue_ids.sorted("row_number")
        self.assertEqual((run.rejected_count, first.column), (2, "服务码"))
        self.assertIn("waits for an operations manager's confirmation", first.message)
        self.assertIn("load the centers first", second.message)
        self.assertEqual(self.counts(self.load_reports(waiting)), {"new": 1}, "confirmed")

    def test_sc11_an_approval_to_come_is_none_yet(self):
        run = self.load_reports("FW421222X,CG900001,2099-01-02 10:04:42,2099-12-31")
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertIn("yet to come", run.issue_ids.message)

    def test_sc11_a_purchaser_whom_no_order_names_is_asked_about(self):
        self.assertEqual(
            self.counts(self.load_reports(NEW)), {"new": 1}, "nobody of the file is known: the orders come later"
        )
        self.env["rural.purchaser"].create({"code": "CG900003", "name": "采购单位3"})
        self.purchaser.name = "采购单位1"
        rows = (KNOWN, NEW.replace("cg９00002", "CG900003"), NEW.replace("cg９00002", "CG999999"))
        run = self.load_reports(*rows)
        self.assertEqual(self.counts(run), {"new": 3, "warning": 1})
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (4, "采购单位编码"))
        self.assertIn("CG999999", run.issue_ids.message)

    def test_sc15_the_same_file_again_changes_nothing(self):
        self.load_reports(KNOWN, NEW)
        self.assertEqual(self.counts(self.load_reports(KNOWN, NEW)), {"unchanged": 2})

    def test_sc15_a_corrected_file_changes_what_differs(self):
        self.load_reports(KNOWN, NEW)
        run = self.load_reports(KNOWN.replace("2023-12-31", "2023-06-30"), NEW, user=self.checker)
        self.assertEqual(self.counts(run), {"updated": 1, "unchanged": 1})
        report = self.reports().filtered(lambda each: each.purchaser_id == self.purchaser)
        self.assertEqual(report.valid_until, date(2023, 6, 30))
        self.assertIn(f"file that {self.checker.name} loaded", report.message_ids[:1].body)

    def test_sc11_a_report_names_the_file_that_brought_it_and_who_loaded_it(self):
        run = self.load_reports(KNOWN)
        self.load_reports(KNOWN, user=self.checker)
        report = self.as_user(self.reports(), self.officer)
        self.assertEqual((report.run_id, report.loaded_by_id), (run, self.operations))
        with self.assertRaises(UserError):
            self.as_user(report, self.operations).run_id = False

    def test_sc11_a_file_does_not_change_what_was_approved_here(self):
        report = self.env["rural.cross.region.report"].create(
            {
                "center_id": self.center.id,
                "purchaser_id": self.purchaser.id,
                "valid_until": "2023-12-31",
                "state": "approved",
                "decided_by_id": self.checker.id,
                "approved_at": "2022-01-02 02:04:42",
            }
        )
        self.assertEqual(self.counts(self.load_reports(KNOWN)), {"unchanged": 1})
        for last_day in ("2099-12-31", "2022-02-01"):
            run = self.load_reports(KNOWN.replace("2023-12-31", last_day))
            self.assertEqual(self.counts(run), {"rejected": 1})
            self.assertIn(self.checker.name, run.issue_ids.message)
        self.assertEqual((report.valid_until, report.run_id.id), (date(2023, 12, 31), False))

    def test_sc11_a_file_does_not_bring_a_revoked_report_back(self):
        self.load_reports(KNOWN.replace("2023-12-31", "2099-12-31"))
        report = self.reports()
        report.with_user(self.manager)._revoke("采购人更换渠道")
        last_day = report.valid_until
        run = self.load_reports(KNOWN.replace("2023-12-31", "2099-12-31"))
        self.assertEqual(self.counts(run), {"unchanged": 1, "warning": 1})
        self.assertEqual(report.valid_until, last_day)

    def test_a_report_of_an_unknown_code_is_rejected(self):
        run = self.load_reports("FW429998Z,CG900009,2022-01-02 10:04:42,2023-12-31", KNOWN)
        self.assertEqual(self.counts(run), {"new": 1, "rejected": 1})
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (2, "服务码"))
        self.assertFalse(self.env["rural.purchaser"].search([("code", "=", "CG900009")]))

    def test_a_center_of_another_company_is_unknown(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        user = self._new_user("report_other", "rural_base.group_operations", other)
        self.assertEqual(self.counts(self.load_reports(KNOWN, user=user).sudo()), {"rejected": 1})

    def test_sc11_reports_without_effect_are_taken_over_with_a_warning(self):
        self.purchaser.purchaser_type = "budget_unit"
        run = self.load_reports(KNOWN, NEW.replace("2023-12-31", "2021-12-31"))
        self.assertEqual(self.counts(run), {"new": 2, "warning": 2})
        self.assertEqual(run.issue_ids.sorted("row_number").mapped("column"), ["采购单位编码", "有效期至"])

    def test_faults_name_their_column(self):
        for fault, column in (
            (KNOWN.replace("CG900001", ""), "采购单位编码"),
            (KNOWN.replace("10:04:42", ""), "批准时间"),
            (KNOWN.replace("2023-12-31", ""), "有效期至"),
        ):
            with self.subTest(fault=fault):
                run = self.load_reports(fault)
                self.assertEqual(self.counts(run), {"rejected": 1})
                self.assertEqual(run.issue_ids.column, column)
