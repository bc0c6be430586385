from odoo.addons.rural_service_order.eligibility import EARNING

from ..rules import INDICATORS
from .common import YEAR, AssessmentCase


class TestIndicators(AssessmentCase):
    """SC-16: hand-computed, for a county, for another one and for their province."""

    def setUp(self):
        super().setUp()
        self.province = self.env["rural.service.center"].create(
            {
                "name": "试验省运营服务中心",
                "kind": "province",
                "region_id": self.env["rural.region"].search([("code", "=", "420000")]).id,
                "service_code": "FW420000T",
            }
        )
        self.authorisation = self.env["rural.center.authorisation"].create(
            {"center_id": self.province.id, "valid_from": "2021-12-01"}
        )
        self._load_year()

    def measure(self, year=YEAR):
        centers = self.lichuan + self.tongcheng + self.province
        found = self.env["rural.indicator"]._measure(self.company, year, centers)
        names = ("market_revenue", "region_turnover", "purchasers")
        return {center: tuple(float(found[center.id][name]) for name in names) for center in centers}

    def test_sc16_market_revenue_is_what_is_eligible_with_the_code(self):
        # The provincial center has no orders of its own; it leads the other two.
        self.assertEqual([values[0] for values in self.measure().values()], [1410.25, 700.00, 2110.25])

    def test_sc16_turnover_is_all_completed_less_refunds_of_the_region(self):
        # Lichuan: with its code and without; Tongcheng: its own, and what another center's code was used for.
        expected = [1410.25 + 1500.00, 700.00 + 300.00, 3910.25]
        self.assertEqual([values[1] for values in self.measure().values()], expected)

    def test_sc16_purchasers_that_traded_are_counted_once(self):
        # Lichuan: the union, P2 and P3; P4 got everything back, P6 has not received it yet.
        self.assertEqual([values[2] for values in self.measure().values()], [3, 2, 5])

    def test_sc16_the_year_is_that_of_completion_in_china(self):
        self.assertEqual(self.line("Y1").completion_time.isoformat(), "2022-12-31T15:59:59")
        self.assertEqual(self.measure(2023)[self.lichuan], (20.00, 20.00, 1))
        self.assertEqual(self.measure(2021)[self.lichuan], (0.00, 0.00, 0))

    def test_sc16_own_orders_of_a_provincial_center_count_beside_those_of_its_children(self):
        self.load(self.row("S1", 6, "55.00", 服务码="FW420000T"))
        measured = self.measure()
        self.assertEqual(measured[self.province][0], 55.00 + 2110.25)
        self.assertEqual(measured[self.lichuan][0], 1410.25)
        self.assertEqual(measured[self.lichuan][1], 2965.25)

    def test_sc16_a_provincial_center_led_those_of_its_province_while_it_was_authorised(self):
        """What has become of it since changes nothing of a year that is over."""
        self.authorisation.valid_to = "2022-12-31"
        self.assertFalse(self.lichuan.parent_id, "nobody leads it today")
        self.assertEqual(self.measure()[self.province][0], 2110.25)
        successor = self.province.copy({"service_code": "FW420000N", "override_reason": "接任省级中心"})
        self.env["rural.center.authorisation"].create({"center_id": successor.id, "valid_from": "2023-01-01"})
        self.assertEqual(self.lichuan.parent_id, successor)
        self.assertEqual(self.measure()[self.province][0], 2110.25)
        self.authorisation.valid_to = "2022-04-30"
        # Lichuan's 1,000.00 of March, and nothing of May or later.
        led = self.measure()[self.province][0]
        self.assertEqual(led, sum(line.net_amount for line in self._led_until("2022-04-30")))
        self.assertLess(led, 2110.25)

    def _led_until(self, day):
        centers = self.lichuan | self.tongcheng
        return (
            self.env["rural.order.line"]
            .search([("center_id", "in", centers.ids), ("outcome", "in", EARNING), ("completion_month", "<=", day)])
            .filtered(lambda line: line.completion_month.year == YEAR)
        )

    def test_sc16_reward_of_a_provincial_center_is_for_its_own_code_only(self):
        self.load(self.row("S1", 6, "55.00", 服务码="FW420000T"))
        self._agree(self.province)
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids)
        line = self.result(assessment, self.province)
        self.assertEqual((line.market_revenue, line.completion_market_revenue), (2165.25, 1))
        self.assertEqual(line.reward_line_ids.mapped("base"), [55.00])
        self.assertIn("its own code and those of its centers", line.explanation)

    def test_sc16_figures_that_hold_those_of_children_are_not_added_up(self):
        self.load(self.row("S1", 6, "55.00", 服务码="FW420000T"))
        for center in (self.province, self.tongcheng):
            self._agree(center)
        assessment = self.assess()
        self.assertEqual(sum(self.measure()[center][0] for center in (self.lichuan, self.tongcheng)), 2110.25)
        self.assertEqual(assessment.market_revenue, 2165.25, "every code once")
        for model, prefixes in (("rural.assessment.line", ("", "target_")), ("rural.center.agreement", ("target_",))):
            fields = self.env[model].fields_get([], ["aggregator"])
            for name in (f"{prefix}{name}" for prefix in prefixes for name in INDICATORS[:3]):
                with self.subTest(model=model, field=name):
                    self.assertFalse(fields[name].get("aggregator"))
                    for view in self.env["ir.ui.view"].search([("model", "=", model), ("type", "=", "list")]):
                        self.assertNotRegex(view.arch, rf'name="{name}"[^>]* (?:sum|avg)=')

    def test_sc16_an_agreement_that_begins_within_the_year_is_measured_from_its_first_day(self):
        self._agree(self.tongcheng, date_from="2022-05-01")
        self.agreement.date_from = "2022-04-01"
        # Lichuan: April to December, without the 1,000.00 of March; Tongcheng: what completed in May.
        measured = self.measure()
        self.assertEqual(measured[self.lichuan], (410.25, 1910.25, 3))
        self.assertEqual(measured[self.tongcheng], (0.00, 300.00, 1))
        self.assertEqual(measured[self.province], (2110.25, 3910.25, 5), "the others are measured as before")
        line = self.result(self.assess())
        self.assertEqual((line.measured_from.isoformat(), line.market_revenue), ("2022-04-01", 410.25))
        self.assertIn("2022-04-01", line.explanation)

    def test_sc16_the_first_day_begins_at_midnight_in_china(self):
        self.load(
            self.row("M1", 6, "30.00", 下单时间="2022-05-20 09:00:00", 完成时间="2022-06-09 23:59:59"),
            self.row("M2", 6, "7.00", 下单时间="2022-05-20 09:00:00", 完成时间="2022-06-10 00:00:00"),
        )
        self.agreement.date_from = "2022-06-10"
        self.assertEqual(self.measure()[self.lichuan][0], 17.00)

    def test_sc11_cross_region_line_is_revenue_of_the_code_and_turnover_of_the_purchasers_region(self):
        self.load(self.row("X1", 6, "40.00", 采购单位编码="P7", 采购单位类型="非预算单位", 采购单位地区代码="421222"))
        purchaser = self.env["rural.purchaser"].search([("code", "=", "P7"), ("company_id", "=", self.company.id)])
        before = self.measure()
        self.env["rural.cross.region.report"].create(
            {
                "center_id": self.lichuan.id,
                "purchaser_id": purchaser.id,
                "state": "approved",
                "approved_at": "2022-05-01 00:00:00",
                "valid_until": "2022-12-31",
                "reason": "试验",
            }
        )
        self.assertEqual(self.line("X1").outcome, "eligible")
        after = self.measure()
        self.assertEqual(after[self.lichuan][0], before[self.lichuan][0] + 40.00)
        self.assertEqual(after[self.lichuan][1], before[self.lichuan][1])
        self.assertEqual(after[self.tongcheng][1], before[self.tongcheng][1])

    def test_sc12_line_accepted_by_hand_counts_as_eligible(self):
        acceptance = (
            self.env["rural.line.acceptance"]
            .with_user(self.officer)
            .create(
                {
                    "line_id": self.line("O1").id,
                    "center_id": self.tongcheng.id,
                    "fee_rate": 0.05,
                    "reason": "服务码误填",
                }
            )
        )
        acceptance.with_user(self.manager).action_confirm()
        self.assertEqual(self.measure()[self.tongcheng][0], 1000.00)

    def test_sc16_no_orders_no_centers(self):
        self.assertEqual(self.env["rural.indicator"]._measure(self.company, YEAR, self.lichuan.browse()), {})
        other = self._new_center("宣恩县试验中心", "422825", "FW422825T")
        measured = self.env["rural.indicator"]._measure(self.company, YEAR, other)[other.id]
        self.assertEqual((measured["market_revenue"], measured["purchasers"], measured["satisfaction"]), (0, 0, None))

    def test_sc16_another_companys_orders_are_not_counted(self):
        other = self.env["res.company"].create({"name": "别家运营商"})
        self.assertEqual(self.env["rural.indicator"]._measure(other, YEAR, self.lichuan), {})

    def test_sc16_running_year_follows_the_orders(self):
        assessment = self.assess()
        self.assertEqual(self.result(assessment).market_revenue, 1410.25)
        self.load(self.row("E1", 3, "1000.00", refund="400.00"))
        assessment.with_user(self.officer).action_refresh()
        line = self.result(assessment)
        self.assertEqual((line.market_revenue, line.region_turnover), (1010.25, 2510.25))
        self.assertIn("1,010.25", line.explanation)
        self.assertEqual(line.progress_market_revenue, 71.63)
