from datetime import date
from decimal import Decimal
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.rural_assessment import rules

from .common import YEAR, AssessmentCase


class TestRewards(AssessmentCase):
    """SC-18: Σ eligible amounts × extra incentive rate × coefficient, hand-computed."""

    def setUp(self):
        super().setUp()
        self._load_year()

    def assessed(self, share=0.9):
        assessment = self.assess()
        self.enter_satisfaction(self.result(assessment), share)
        return self.result(assessment)

    def test_sc18_all_targets_met(self):
        line = self.assessed()
        self.assertEqual((line.overall, line.coefficient, line.all_met), (1, 1, True))
        # 1,010.00 × 2% = 20.20; 400.25 × 1.5% = 6.00375, rounded once.
        self.assertEqual(
            self.rewards(line),
            {
                ("苹果", "reward", 2022): (1010.00, 0.02, 20.20),
                ("大米", "reward", 2022): (400.25, 0.015, 6.00),
            },
        )
        self.assertEqual(line.reward, 26.20)

    def test_sc18_a_target_missed_by_a_cent_is_the_next_tier(self):
        self.agreement.target_market_revenue = 1410.26
        line = self.assessed()
        self.assertFalse(line.all_met)
        self.assertLess(line.overall, 1)
        self.assertEqual(line.coefficient, 0.5)
        # 10.10 and 400.25 × 1.5% × 0.5 = 3.001875.
        self.assertEqual(sorted(line.reward_line_ids.mapped("reward")), [3.00, 10.10])
        self.assertEqual(line.reward, 13.10)

    def test_sc18_weighted_mean_by_hand(self):
        # 75% × 40 + 100% × 30 + 3 of 6 × 20 + 90% × 10 = 30 + 30 + 10 + 9 = 79%
        self.agreement.write(
            {
                "target_market_revenue": 1880.33333,
                "target_region_turnover": 2000,
                "target_purchasers": 6,
                "target_satisfaction": 1,
            }
        )
        self.agreement.target_market_revenue = 1880.33
        line = self.assessed()
        self.assertEqual(line.completion_market_revenue, 0.750001)
        self.assertEqual((line.completion_region_turnover, line.completion_purchasers), (1, 0.5))
        self.assertEqual(line.completion_satisfaction, 0.9)
        self.assertEqual(line.overall, 0.790000)
        self.assertEqual((line.coefficient, line.reward), (0, 0))

    def test_sc18_exactly_80_percent_is_in_the_tier(self):
        # 100% × 40 + 100% × 30 + 0.5 × 20 + 0 × 10 = 80%
        self.agreement.target_purchasers = 6
        line = self.assessed(0)
        self.assertEqual((line.overall, line.coefficient), (0.8, 0.5))

    def test_sc18_rounding_is_once_a_line_and_totals_are_sums_of_lines(self):
        # 3 × 0.33 × 1.5% is 0.01485: rounded as a whole, not the three 0.00495 of the orders.
        self.load(*(self.row(f"R{n}", 6, "0.33", product=self.rice, center=self.tongcheng) for n in range(3)))
        self._agree(self.tongcheng, target_market_revenue=700, target_region_turnover=1000, target_purchasers=2)
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids)
        line = self.result(assessment, self.tongcheng)
        self.assertEqual(
            self.rewards(line),
            {("苹果", "reward", 2022): (700.00, 0.02, 14.00), ("大米", "reward", 2022): (0.99, 0.015, 0.01)},
        )
        self.assertEqual(line.reward, 14.01)
        self.assertEqual(assessment.total, 40.21)
        self.assertEqual(assessment.total, round(sum(assessment.reward_line_ids.mapped("reward")), 2))

    def test_sc18_eligible_amounts_of_the_lines_are_the_market_revenue(self):
        line = self.assessed()
        self.assertEqual(round(sum(line.reward_line_ids.mapped("base")), 2), line.market_revenue)
        self.assertEqual(sum(line.reward_line_ids.mapped("line_count")), 3)

    def test_sc08_incentive_rate_is_that_of_the_pool_entry_at_order_time(self):
        self.apples.pool_entry_ids._change_from(date(2022, 12, 1), incentive_rate=0.5)
        line = self.assessed()
        bases = {
            reward.incentive_rate: (reward.base, reward.reward)
            for reward in line.reward_line_ids
            if reward.product_id == self.apples
        }
        self.assertEqual(bases, {0.02: (1000.00, 20.00), 0.5: (10.00, 5.00)})

    def test_sc18_line_outside_the_pool_earns_a_fee_but_no_reward(self):
        self.load(self.row("Z1", 6, "60.00", 商品编码="TSP9", 商品名称="新品"))
        self.env["rural.line.acceptance"].with_user(self.officer).create(
            {"line_id": self.line("Z1").id, "center_id": self.lichuan.id, "fee_rate": 0.05, "reason": "补录"}
        ).with_user(self.manager).action_confirm()
        line = self.assessed()
        self.assertEqual(line.market_revenue, 1470.25)
        self.assertEqual(self.rewards(line)["", "reward", 2022], (60.00, 0, 0))
        self.assertEqual(line.reward, 26.20)

    # ------------------------------------------------------------------
    # Parameters
    # ------------------------------------------------------------------

    def _change_parameter(self, code, value, day="2023-01-01"):
        parameter = self.env["rural.parameter"].search([("code", "=", code)])
        version = parameter.value_ids.filtered(lambda version: not version.valid_to and not version.company_id)
        version._change_from(date.fromisoformat(day), value=value)

    def test_sc18_closed_year_computes_the_same_after_the_next_years_parameters_changed(self):
        self.agreement.target_purchasers = 6
        before = self.assessed()
        figures, rewards = before._figures(), self.rewards(before)
        self.assertEqual(before.coefficient, 0.5)
        self._change_parameter("assessment_weight_purchasers", 90)
        self._change_parameter("assessment_tier_2_from", 0.95)
        self._change_parameter("assessment_tier_2_coefficient", 0.3)
        before.assessment_id.with_user(self.officer).action_refresh()
        after = self.result(before.assessment_id)
        self.assertEqual((after._figures(), self.rewards(after)), (figures, rewards))
        self.assertEqual({version.valid_from.year for version in after.assessment_id.parameter_ids}, {2015})

    def test_sc18_new_parameters_hold_for_their_own_year(self):
        self.agreement.target_purchasers = 6
        self._change_parameter("assessment_tier_2_coefficient", 0.3, "2022-12-31")
        self.assertEqual(self.assessed().coefficient, 0.3)

    def test_sc18_a_third_tier_is_a_third_pair_of_parameters(self):
        for name, value in (("from", 0.6), ("coefficient", 0.2)):
            parameter = self.env["rural.parameter"].create({"code": f"assessment_tier_3_{name}", "name": name})
            self.env["rural.parameter.value"].create(
                {"parameter_id": parameter.id, "value": value, "valid_from": "2020-01-01"}
            )
        # 0 × 40 + 30 + 20 + 10 = 60%
        self.agreement.target_market_revenue = 10**12
        self.assertEqual(self.assessed().coefficient, 0.2)

    # ------------------------------------------------------------------
    # Later changes of a posted year
    # ------------------------------------------------------------------

    def test_sc18_refund_after_posting_is_an_adjustment_of_the_next_year(self):
        self.agreement.target_market_revenue = 1410.26
        first = self.posted()
        self.assertEqual(self.result(first).reward, 13.10)
        self._agree(self.lichuan, 2023, target_market_revenue=20, target_region_turnover=20, target_purchasers=1)
        self.load(self.row("E1", 3, "1000.00", refund="250.00"))
        second = self.assess(2023)
        self.enter_satisfaction(second.line_ids)
        line = self.result(second)
        # 760.00 × 2% × 0.5 = 7.60 instead of 10.10; 2023's own: 20.00 × 2% × 1.
        self.assertEqual(
            self.rewards(line),
            {("苹果", "adjustment", 2022): (-250.00, 0.02, -2.50), ("苹果", "reward", 2023): (20.00, 0.02, 0.40)},
        )
        self.assertEqual((line.reward, line.adjustment), (-2.10, -2.50))
        self.assertEqual(self.result(first).reward, 13.10, "a posted year stays as it is")
        adjustment = line.reward_line_ids.filtered(lambda reward: reward.kind == "adjustment")
        self.assertIn("changed since that year was posted", adjustment.explanation)

    def test_sc18_line_that_came_late_is_rewarded_once(self):
        self.posted()
        self.load(self.row("E9", 6, "100.00"))
        self._agree(self.lichuan, 2023)
        with self._in(2024):
            second = self.posted(2023)
            self.assertEqual(self.rewards(self.result(second))["苹果", "adjustment", 2022], (100.00, 0.02, 2.00))
        with self._in(2025):
            self._agree(self.lichuan, 2024)
            third = self.assess(2024)
            self.assertFalse(self.result(third).reward_line_ids, "everything has been rewarded")

    def _year_with_adjustment(self, year):
        """The year of an agreement that also adjusts 2022, prepared and ready for its review."""
        self._agree(self.lichuan, year)
        self._close_year(year)
        assessment = self.assess(year)
        self.enter_satisfaction(assessment.line_ids.filtered("agreement_id"))
        return assessment

    def _adjustments(self, *assessments):
        return [round(sum(assessment.line_ids.mapped("adjustment")), 2) for assessment in assessments]

    def test_sc18_an_adjustment_is_in_one_run_only_before_that_run_is_posted(self):
        self.posted()
        self.load(self.row("E1", 3, "1000.00", refund="500.00"))
        with self._in(2025):
            second = self.review(self._year_with_adjustment(2023))
            third = self._year_with_adjustment(2024)
            self.assertEqual(self._adjustments(second, third), [-10.00, 0])
            self.review(third)
            for assessment in (third, second):
                assessment.with_user(self.accountant)._post()
            self.assertEqual(self._adjustments(second, third), [-10.00, 0])

    def test_sc18_an_adjustment_in_a_later_run_that_is_reviewed_first_is_not_in_the_earlier_one(self):
        self.posted()
        self.load(self.row("E1", 3, "1000.00", refund="500.00"))
        with self._in(2025):
            second, third = self._year_with_adjustment(2023), self._year_with_adjustment(2024)
            self.assertEqual(self._adjustments(second, third), [-10.00, -10.00], "both are drafts")
            self.review(third)
            answer = second.with_user(self.manager).action_confirm()
            self.assertEqual(answer["params"]["type"], "warning")
            self.assertEqual(self._adjustments(second, third), [0, -10.00])
            self.review(second)
            third.with_user(self.accountant)._post()
            second.with_user(self.accountant)._post()
            self.assertEqual(self._adjustments(second, third), [0, -10.00])

    def test_sc18_an_adjustment_of_a_cancelled_run_is_due_again(self):
        self.posted()
        self.load(self.row("E1", 3, "1000.00", refund="500.00"))
        with self._in(2025):
            second = self.review(self._year_with_adjustment(2023))
            second.with_user(self.manager)._cancel("更正")
            third = self._year_with_adjustment(2024)
            self.assertEqual(self._adjustments(third), [-10.00])

    def test_sc18_adjustment_of_a_center_that_left(self):
        self.posted()
        self.load(self.row("E1", 3, "1000.00", refund="500.00"))
        self._agree(self.tongcheng, 2023)
        second = self.assess(2023)
        left = self.result(second)
        self.assertFalse(left.agreement_id)
        self.assertEqual(
            self.rewards(left),
            {("苹果", "adjustment", 2022): (-500.00, 0.02, -10.00), ("苹果", "reward", 2023): (20.00, 0.02, 0)},
        )
        self.assertEqual((left.coefficient, left.all_met, left.reward), (0, False, -10.00))

    def test_sc18_rate_changed_in_the_pool_later_does_not_change_what_was_rewarded(self):
        self.posted()
        self.apples.pool_entry_ids.incentive_rate = 0.9
        self.load(self.row("E1", 3, "1000.00", refund="500.00"))
        self._agree(self.lichuan, 2023)
        line = self.result(self.assess(2023))
        self.assertEqual(self.rewards(line)["苹果", "adjustment", 2022], (-500.00, 0.02, -10.00))

    def _in(self, year):
        from freezegun import freeze_time

        return freeze_time(f"{year}-01-10 02:00:00")

    # ------------------------------------------------------------------
    # Invariant
    # ------------------------------------------------------------------

    @given(
        st.lists(
            st.tuples(st.sampled_from(("apples", "rice")), st.integers(1, 10**7), st.integers(0, 100)),
            min_size=1,
            max_size=6,
        ),
        st.sampled_from(("1", "0.5", "0.333333")),
    )
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def test_sc18_sql_gives_what_the_pure_rule_gives(self, orders, factor):
        with self.env.cr.savepoint(flush=True) as savepoint:
            rows, bases = [], {"apples": Decimal("1010.00"), "rice": Decimal("400.25")}
            for number, (name, cents, refunded) in enumerate(orders):
                amount = Decimal(cents) / 100
                refund = (amount * refunded / 100).quantize(Decimal("0.01"))
                bases[name] += amount - refund
                rows.append(
                    self.row(f"H{number}", 6, f"{amount:.2f}", refund=f"{refund:.2f}", product=getattr(self, name))
                )
            self.load(*rows)
            with patch.object(rules, "coefficient", lambda _overall, _tiers: Decimal(factor)):
                line = self.result(self.assess())
            rates = {"apples": Decimal("0.02"), "rice": Decimal("0.015")}
            expected = sum(rules.reward(bases[name], rates[name], Decimal(factor)) for name in bases)
            self.assertEqual(Decimal(str(line.reward)), expected)
            savepoint.rollback()
            self.env.invalidate_all()

    def test_sc18_every_reward_leads_to_its_order_lines(self):
        line = self.assessed()
        for reward in line.reward_line_ids:
            found = self.env["rural.order.line"].search(reward.action_view_order_lines()["domain"])
            self.assertEqual(len(found), reward.line_count)
            self.assertEqual(round(sum(found.mapped("net_amount")), 2), reward.base)
        self.assertEqual(
            self.env["rural.order.line"].search(line.action_view_order_lines()["domain"]),
            self.line("E1") | self.line("E2") | self.line("Y1"),
        )

    def test_sc18_year_is_that_of_the_assessment(self):
        self.assertEqual(set(self.assessed().reward_line_ids.mapped("year")), {YEAR})
