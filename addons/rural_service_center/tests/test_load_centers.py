from datetime import date

from odoo.tests import tagged

from .common import CenterCase

HEADINGS = "服务码,中心名称,类型,地区代码,授权开始,授权结束,停用开始,停用结束"
COUNTY = "FW429999B,崇阳县区域服务中心,市县,421223,2022-01-30,2023-12-31,2022-04-10,2022-04-30"
PROVINCE = " fw429999ｐ,省级运营服务中心,省级,420000,2021-12-01,,,"
BACKWARDS = "FW429999E,隆回县区域服务中心,市县,430524,2022-04-30,2022-04-15,,"


@tagged("post_install", "-at_install")
class TestLoadCenters(CenterCase):
    def load_centers(self, *rows, user=None):
        run = self.load("centers", HEADINGS, rows, user)
        self.confirm_take_overs()
        return run

    def by_code(self, code):
        return self.env["rural.service.center"].search([("service_code", "=", code)])

    def test_sc06_centers_are_taken_over_with_their_codes(self):
        self.assertEqual(self.counts(self.load_centers(COUNTY, PROVINCE)), {"new": 2})
        county, province = self.by_code("FW429999B"), self.by_code("FW429999P")
        self.assertEqual((county.kind, county.region_id.code), ("city_county", "421223"))
        self.assertEqual((county.parent_id, county.company_id), (province, self.company))
        self.assertEqual(county.partner_id.name, "崇阳县区域服务中心")
        self.assertEqual(county.authorised_until, date(2023, 12, 31))
        self.assertEqual(county.suspension_ids.valid_from, date(2022, 4, 10))
        self.assertFalse(province.authorisation_ids.valid_to or province.suspension_ids)

    def test_sc10_a_suspension_outside_of_every_authorisation_is_asked_about(self):
        outside = COUNTY.replace("2022-04-10,2022-04-30", "2021-03-01,2022-01-29")
        run = self.load_centers(outside)
        self.assertEqual(self.counts(run), {"new": 1, "warning": 1})
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (2, "停用开始"))
        self.assertIn("outside of every authorisation", run.issue_ids.message)
        day_within = outside.replace("2022-01-29", "2022-01-30").replace("FW429999B", "FW429999C")
        self.assertEqual(self.counts(self.load_centers(day_within)), {"new": 1})
        later = COUNTY.replace("2022-01-30,2023-12-31,2022-04-10,2022-04-30", "2025-01-01,,2022-05-01,2022-05-05")
        self.assertFalse(self.load_centers(later).warning_count, "a known authorisation counts too")

    def test_sc15_the_same_file_again_changes_nothing(self):
        self.load_centers(COUNTY, PROVINCE, BACKWARDS)
        self.assertEqual(self.counts(self.load_centers(COUNTY, PROVINCE, BACKWARDS)), {"unchanged": 3, "warning": 1})

    def test_sc15_a_corrected_file_changes_what_differs(self):
        self.load_centers(COUNTY, PROVINCE)
        corrected = COUNTY.replace("2022-01-30", "2022-02-15").replace("2022-04-30", "2022-05-10")
        run = self.load_centers(corrected, PROVINCE, user=self.director)
        self.assertEqual(self.counts(run), {"updated": 1, "unchanged": 1})
        center = self.by_code("FW429999B")
        self.assertEqual(center.authorisation_ids.valid_from, date(2022, 2, 15))
        self.assertEqual(center.suspension_ids.valid_to, date(2022, 5, 10))

    def test_sc10_a_file_changes_days_that_are_over_for_a_manager_only(self):
        self.load_centers(COUNTY)
        for change, column in (
            (COUNTY.replace("2022-01-30", "2022-02-15"), "授权开始"),
            (COUNTY.replace("2022-04-30", "2022-04-12"), "停用开始"),
            (COUNTY.replace("2022-01-30,2023-12-31", "2024-01-01,2024-12-31"), "授权开始"),
        ):
            with self.subTest(change=change):
                run = self.load_centers(change)
                self.assertEqual(self.counts(run), {"rejected": 1})
                self.assertRegex(run.issue_ids.message, "[Oo]perations [Mm]anager")
                self.assertEqual(run.issue_ids.column, column)
                self.assertIn(f"changing {column}", run.issue_ids.message)
        self.assertEqual(self.counts(self.load_centers(COUNTY, user=self.checker)), {"unchanged": 1})

    def test_sc10_a_file_moves_a_known_center_for_a_manager_only(self):
        self.load_centers(COUNTY)
        moved = COUNTY.replace("421223", "421224")
        run = self.load_centers(moved)
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertIn("operations manager", run.issue_ids.message)
        self.assertEqual(self.counts(self.load_centers(moved, user=self.director)), {"updated": 1})

    def test_a_later_authorisation_is_added(self):
        self.load_centers(COUNTY)
        renewed = COUNTY.replace("2023-12-31", "2024-12-31").replace("2022-01-30", "2024-01-01")
        self.assertEqual(self.counts(self.load_centers(renewed, user=self.director)), {"updated": 1})
        self.assertEqual(len(self.by_code("FW429999B").authorisation_ids), 2)

    def test_days_that_overlap_two_periods_are_rejected(self):
        self.load_centers(COUNTY)
        self.authorise(self.by_code("FW429999B"), "2024-02-01")
        run = self.load_centers(COUNTY.replace("2023-12-31", "2024-12-31"))
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertEqual(run.issue_ids.column, "授权开始")

    def test_sc10_an_authorisation_that_runs_backwards_leaves_the_center_without_one(self):
        run = self.load_centers(BACKWARDS)
        self.assertEqual(self.counts(run), {"new": 1, "warning": 1})
        self.assertEqual((run.issue_ids.row_number, run.issue_ids.column), (2, "授权结束"))
        center = self.by_code("FW429999E")
        self.assertFalse(center.authorisation_ids)
        self.assertEqual(center.state, "draft")

    def test_faults_name_their_column(self):
        for fault, column in (
            (COUNTY.replace("421223", "429998"), "地区代码"),
            (COUNTY.replace("421223", "420000"), "地区代码"),
            (COUNTY.replace("市县", "村级"), "类型"),
            (COUNTY.replace("FW429999B", "　"), "服务码"),
            (COUNTY.replace("2022-04-30", "2022-04-01"), "停用开始"),
            (COUNTY.replace("2022-01-30", ""), "授权开始"),
        ):
            with self.subTest(fault=fault):
                run = self.load_centers(fault)
                self.assertEqual(self.counts(run), {"rejected": 1})
                self.assertEqual(run.issue_ids.column, column)
        self.assertFalse(self.by_code("FW429999B"))

    def test_a_region_of_nine_digits_counts_to_the_county(self):
        self.load_centers(COUNTY.replace("421223", "421223100"))
        self.assertEqual(self.by_code("FW429999B").region_id.code, "421223")

    def test_sc06_a_code_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "另一家运营商"})
        user = self._new_user("center_other", "rural_base.group_operations", other)
        self.load_centers(COUNTY)
        run = self.load_centers(COUNTY, user=user).sudo()
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertEqual(run.issue_ids.column, "服务码")

    def test_an_archived_center_is_known(self):
        self.load_centers(COUNTY)
        center = self.by_code("FW429999B")
        center.active = False
        self.assertEqual(self.counts(self.load_centers(COUNTY)), {"unchanged": 1})
