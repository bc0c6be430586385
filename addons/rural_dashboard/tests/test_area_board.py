from freezegun import freeze_time

from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestAreaBoard(BoardCase):
    """SC-03, SC-16: an area manager sees her own places first, and who of hers is behind."""

    def setUp(self):
        super().setUp()
        self._load_year()
        self.guangdong = self.env["rural.macro.region"].create(
            {"name": "别人的大区", "region_ids": [(6, 0, self._region("440000").ids)]}
        )

    def _apply(self, region_code, **vals):
        return self.env["rural.center.application"].create(
            {
                "applicant_name": "试验申请单位",
                "kind": "city_county",
                "region_id": self._region(region_code).id,
                "company_id": self.company.id,
                **vals,
            }
        )

    def test_her_own_macro_regions_come_first(self):
        filters = self.board("area", self.area)["filters"]
        self.assertEqual(filters["macro_region_id"], -1)
        self.assertEqual(self.board("area", self.director)["filters"]["macro_region_id"], 0)

    def test_sc16_targets_are_measured_as_at_the_year_end(self):
        [row] = self.panel(self.board("area", self.area, year=2022), "targets")["rows"]
        self.assertEqual(row["center"], self.lichuan.name)
        self.assertEqual([row[name]["value"] for name in ("market_revenue", "region_turnover")], [1, 1])
        self.assertEqual(row["purchasers"]["text"], "3 / 3")
        self.assertEqual((row["satisfaction"]["value"], row["overall"]["value"]), (0, 0.9))
        self.assertEqual(row["action"]["res_id"], self.agreement.id)

    def test_sc16_who_is_behind_the_pace_comes_first(self):
        behind = self._agree(self.tongcheng, target_market_revenue=10_000)
        rows = self.panel(self.board("area", self.area, year=2022), "targets")["rows"]
        self.assertEqual(rows[0]["action"]["res_id"], behind.id)
        self.assertEqual((rows[0]["pace"], rows[0]["market_revenue"]["tone"]), (1, "bad"))

    def test_sc16_other_places_are_not_hers(self):
        board = self.board("area", self.area, year=2022, macro_region_id=self.guangdong.id)
        self.assertFalse(self.panel(board, "targets")["rows"])
        self.assertEqual(self.figures(board)["Turnover"]["value"], 0)

    def test_sc03_applications_of_her_places(self):
        hers, others = self._apply("421222"), self._apply("440106")
        hers.sudo().state = "submitted"
        board = self.board("area", self.area)
        shown = [row["action"]["res_id"] for row in self.panel(board, "applications")["rows"]]
        self.assertIn(hers.id, shown)
        self.assertNotIn(others.id, shown)
        self.assertEqual(self.figures(board)["Applications to Decide"]["value"], 1)

    def test_sc02_an_application_without_a_region_waits_for_anybody(self):
        lost = self._apply("421222")
        lost.sudo().write({"region_id": False, "region_text": "鼓楼区"})
        rows = self.panel(self.board("area", self.area), "applications")["rows"]
        self.assertIn("鼓楼区", [row["region"] for row in rows if row["action"]["res_id"] == lost.id])

    def test_sc03_late_ones_are_told(self):
        application = self._apply("421222")
        application.sudo().write({"state": "submitted", "review_deadline": "2023-01-09 15:59:59"})
        board = self.board("area", self.area)
        figure = self.figures(board)["Applications to Decide"]
        self.assertEqual((figure["tone"], figure["hint"]), ("bad", "1 of them late"))

    def test_her_activities_and_nobody_elses(self):
        self.lichuan.activity_schedule("mail.mail_activity_data_todo", "2023-01-09", "走访", user_id=self.area.id)
        self.lichuan.activity_schedule("mail.mail_activity_data_todo", "2023-01-09", "别人的", user_id=self.deputy.id)
        board = self.board("area", self.area)
        [row] = self.panel(board, "activities")["rows"]
        self.assertEqual((row["what"], row["deadline"]["tone"]), ("走访", "bad"))
        self.assertEqual((row["action"]["res_model"], row["action"]["res_id"]), (self.lichuan._name, self.lichuan.id))
        self.assertEqual(self.figures(board)["My Activities Due"]["value"], 1)

    def test_sc05_certificates_that_expire_soon(self):
        certificate = (
            self.env["rural.center.certificate"]
            .sudo()
            .create(
                {
                    "number": "DSQ1",
                    "agreement_id": self.agreement.id,
                    "center_name": self.lichuan.name,
                    "holder_name": self.lichuan.name,
                    "region_id": self.lichuan.region_id.id,
                    "valid_from": "2022-02-01",
                    "valid_to": "2023-01-31",
                    "issued_on": "2022-02-01",
                }
            )
        )
        board = self.board("area", self.area)
        [row] = self.panel(board, "expiring")["rows"]
        self.assertEqual(row["action"]["res_id"], certificate.id)
        with freeze_time("2022-11-30 02:00:00"):
            self.assertFalse(self.panel(self.board("area", self.area), "expiring")["rows"])
