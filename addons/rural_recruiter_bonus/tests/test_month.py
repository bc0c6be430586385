from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import APRIL, MAY, BonusCase


@tagged("post_install", "-at_install")
class TestMonth(BonusCase):
    def month(self, first=MAY):
        return self.run_of("month", first)

    def test_ma22_examples(self):
        examples = [
            # class 1, 2, 3, good reviews, complaints → points, yuan
            ((0, 1, 2, 1, 0), 4.5, -75),
            ((1, 1, 0, 0, 0), 6, 0),
            ((2, 0, 0, 1, 0), 8.5, 25),
            ((2, 1, 0, 0, 0), 10, 40),
            ((3, 0, 0, 1, 0), 12.5, 140),
        ]
        for month, ((one, two, three, good, bad), points, amount) in enumerate(examples, start=4):
            since = f"2023-{month:02d}-10"
            made = [self.merchant(self.li, "1", since) for _number in range(one)]
            made += [self.merchant(self.li, "2", since) for _number in range(two)]
            made += [self.merchant(self.li, "3", since) for _number in range(three)]
            self.follow_up(made[0], "good_review", since, good)
            self.follow_up(made[0], "complaint", since, bad)
            run = self.month(f"2023-{month:02d}-01")
            line = run.line_ids.filtered(lambda line: line.employee_id == self.li and line.clause == "MA-22")
            with self.subTest(points=points):
                self.assertEqual((line.points, line.amount), (points, amount))
                self.assertIn(str(points).rstrip("0").rstrip("."), line.explanation)
                self.assertEqual(line.clause_id.code, "MA-22")

    def test_ma21_a_merchant_counts_in_the_month_its_contract_takes_effect(self):
        self.merchant(self.li, "1", "2023-05-31")
        self.assertEqual(self.amounts(self.month(APRIL), "MA-22")["李小红"], -300)
        self.assertEqual(self.amounts(self.month(MAY), "MA-22")["李小红"], -100)

    def test_ma26_a_list_of_leads_gives_none_to_whose_post_has_ended(self):
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        load = self.env["rural.load.run"].with_user(self.head)
        headings = "商户名称,地区代码,商户类型,地址,联系人,电话,来源,招商专员\n"
        for number, (vals, expected) in enumerate(
            (
                ({}, 0),
                ({"valid_to": "2024-01-15", "end_reason": "transfer"}, 0),
                ({"valid_to": "2024-01-15", "end_reason": "left"}, 1),
            )
        ):
            post.write(vals)
            row = f"{headings}线索{number},341202,{self.type.name},,,,,李小红"
            run = load._load("merchants", "merchants.csv", row.encode())
            with self.subTest(**vals):
                self.assertEqual((run.rejected_count, run.new_count), (expected, 1 - expected))
        self.assertIn("left on", run.sudo().issue_ids.message)

    def test_ma21_a_complaint_counts_for_who_looked_after_the_merchant_then(self):
        merchant = self.merchant(self.li, "1", "2023-01-10")
        self.transfer(merchant, self.wang, "2023-05-16")
        self.follow_up(merchant, "complaint", "2023-05-15")
        self.follow_up(merchant, "good_review", "2023-05-16")
        self.assertEqual(self.amounts(self.month(), "MA-22"), {"李小红": -325, "王建国": -275})

    def test_ma21_nobody_says_for_whom_a_follow_up_counts(self):
        merchant = self.merchant(self.li, "1", "2023-01-10")
        service = self._new_user("b_follow", "rural_merchant.group_customer_service")
        values = {"merchant_id": merchant.id, "kind": "good_review", "date": "2023-05-16", "employee_id": self.wang.id}
        follow_up = self.env["rural.merchant.follow.up"].with_user(service).create(values)
        self.assertEqual((follow_up.sudo().employee_id, follow_up.user_id), (self.li, service))
        for values in ({"employee_id": self.wang.id}, {"user_id": self.head.id}):
            with self.assertRaisesRegex(UserError, "counts for who looked after"):
                follow_up.write(values)
        follow_up.write({"date": "2023-05-17", "note": "很满意"})

    def test_ma22_who_is_not_in_post_for_the_whole_month_is_deducted_nothing(self):
        self._new_employee("赵新来", since="2023-05-20")
        self.assertEqual(self.amounts(self.month(), "MA-22"), {"李小红": -300, "王建国": -300, "赵新来": 0})

    def test_ma22_managers_and_former_recruiters_have_no_points_to_reach(self):
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.wang.id)])
        post.write({"valid_to": "2023-04-30", "end_reason": "transfer"})
        self.assertEqual(set(self.amounts(self.month(), "MA-22")), {"李小红"})

    def test_ma23_shortfall_from_the_third_month_after_installation(self):
        self.merchant(self.li, since="2023-02-15", terminals=2, m4=60, m5=60)
        self.assertNotIn("李小红", self.amounts(self.month(APRIL), "MA-23"))
        self.assertEqual(self.amounts(self.month(MAY), "MA-23"), {"李小红": -40})

    def test_ma22_ma23_who_left_the_company_is_charged_nothing_though_the_post_is_open(self):
        self.merchant(self.li)
        self.li.version_id.departure_date = "2023-05-10"
        self.assertEqual(self.amounts(self.month(), "MA-22")["李小红"], 0)
        june = self.run_of("month", "2023-06-01")
        self.assertNotIn("李小红", {name for name, _clause in self.amounts(june)})

    def test_ma23_who_left_is_charged_nothing_for_merchants_nobody_took_over(self):
        self.merchant(self.li)
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-04-30", "end_reason": "left"})
        self.assertFalse(self.amounts(self.month(), "MA-23"))

    def test_ma23_a_terminal_installed_anew_has_two_full_months_again(self):
        merchant = self.merchant(self.li)
        self.remove(merchant, 1, "2023-03-31")
        self.env["rural.merchant.terminal"].create(
            {"number": "T2", "merchant_id": merchant.id, "installed_on": "2023-04-20"}
        )
        for month, charged in ((APRIL, {}), (MAY, {}), ("2023-06-01", {}), ("2023-07-01", {"李小红": -50})):
            with self.subTest(month=month):
                self.assertEqual(self.amounts(self.month(month), "MA-23"), charged)

    def test_ma23_an_exchanged_terminal_begins_nothing_anew(self):
        merchant = self.merchant(self.li)
        self.remove(merchant, 1, "2023-04-19")
        self.env["rural.merchant.terminal"].create(
            {"number": "T2", "merchant_id": merchant.id, "installed_on": "2023-04-20"}
        )
        self.assertEqual(self.amounts(self.month(), "MA-23"), {"李小红": -50})

    def test_ma23_paid_fee_or_deferral_lets_it_go(self):
        payer = self.merchant(self.li)
        deferred = self.merchant(self.li)
        for terminal in payer.env["rural.merchant.terminal"].search([("merchant_id", "=", payer.id)]):
            self.env["rural.terminal.fee"].create({"terminal_id": terminal.id, "month": MAY, "amount": 50})
        self.env["rural.terminal.deferral"].sudo().create(
            {
                "merchant_id": deferred.id,
                "date_from": "2023-05-01",
                "date_to": "2023-06-30",
                "reason": "潜力商家",
                "state": "approved",
            }
        )
        self.merchant(self.li, m5=70)
        self.assertFalse(self.amounts(self.month(), "MA-23"))
        self.merchant(self.wang, m5=49.99)
        self.assertEqual(self.amounts(self.run_of("month", "2023-06-01"), "MA-23")["王建国"], -50)

    def test_ma23_explains_itself(self):
        merchant = self.merchant(self.li, terminals=3, m5=100)
        line = self.month().line_ids.filtered(lambda line: line.clause == "MA-23")
        self.assertEqual(line.amount, -50)
        self.assertEqual(line.action_view_sources()["domain"], [("id", "in", merchant.ids)])
        self.assertIn("100.00", line.explanation)
        self.assertEqual(line.parameter, self.env.ref("rural_recruiter_bonus.scheme_first"))

    # ------------------------------------------------------------------
    # Each terminal by itself, at most its fee (MA-23); posts and transfers entered late (MA-22, MA-26)
    # ------------------------------------------------------------------

    def test_ma23_a_terminal_costs_at_most_its_fee(self):
        self.merchant(self.li, m5=-400, terminals=2)
        self.assertEqual(self.amounts(self.month(), "MA-23"), {"李小红": -100})

    def test_ma23_a_terminal_counts_from_its_own_third_month(self):
        merchant = self.merchant(self.li, m4=10, m7=10)
        self.env["rural.merchant.terminal"].create(
            {"number": "T9", "merchant_id": merchant.id, "installed_on": "2023-04-10"}
        )
        for month, charged in ((APRIL, -40), ("2023-06-01", -50), ("2023-07-01", -90)):
            with self.subTest(month=month):
                self.assertEqual(self.amounts(self.month(month), "MA-23"), {"李小红": charged})

    def test_ma22_a_first_post_entered_late_counts_only_from_its_first_day(self):
        self.merchant(self.li)
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.unlink()
        before = self.amounts(self.month())["李小红", "MA-22"]
        self.assertEqual(before, -300)
        self.approve(self.Run.search([("date_from", "=", MAY), ("company_id", "=", self.company.id)]))
        post.create({"employee_id": self.li.id, "valid_from": "2023-06-01"})
        june = self.month("2023-06-01")
        self.assertFalse(june.line_ids.filtered("is_correction"))
        self.assertEqual(self.amounts(june)["李小红", "MA-22"], -300)

    def test_ma22_a_month_with_a_gap_is_no_whole_month(self):
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-05-09", "end_reason": "left"})
        post.create({"employee_id": self.li.id, "valid_from": "2023-05-20"})
        self.assertEqual(self.amounts(self.month(), "MA-22")["李小红"], 0)

    def test_ma26_follow_ups_go_with_a_transfer_that_is_entered_late(self):
        merchant = self.merchant(self.li, "1", "2023-01-10")
        self.follow_up(merchant, "complaint", "2023-05-20")
        self.approve(self.month())
        self.transfer(merchant, self.wang, "2023-05-16")
        june = self.month("2023-06-01")
        corrections = {
            line.employee_id.name: line.amount
            for line in june.line_ids
            if line.is_correction and line.clause == "MA-22"
        }
        self.assertEqual(corrections, {"李小红": 25, "王建国": -25})
