from decimal import Decimal

from odoo.tests import tagged
from odoo.tools.misc import format_date

from .common import APRIL, JULY, JUNE, MAY, BonusCase


@tagged("post_install", "-at_install")
class TestQuarter(BonusCase):
    def quarter(self, first=APRIL):
        return self.run_of("quarter", first)

    def line(self, run, employee=None, clause="MA-24"):
        return run.line_ids.filtered(lambda line: line.employee_id == (employee or self.li) and line.clause == clause)

    def test_ma24_examples(self):
        examples = [
            # average, rate, bonus on three months of it
            ("50.00", "0", 0),
            ("50.01", "0.01", 1.5),
            ("99.99", "0.01", 3),
            ("100.00", "0.012", 3.6),
            ("299.99", "0.018", 16.2),
            ("300.00", "0.02", 18),
            ("900.00", "0.02", 54),
        ]
        recruiters = [self._new_employee(f"平均{average}") for average, _rate, _bonus in examples]
        for recruiter, (average, _rate, _bonus) in zip(recruiters, examples, strict=True):
            self.merchant(recruiter, m4=float(average), m5=float(average), m6=float(average))
        run = self.quarter()
        for recruiter, (average, rate, bonus) in zip(recruiters, examples, strict=True):
            line = self.line(run, recruiter)
            with self.subTest(average=average):
                self.assertEqual(line.inputs["average"], average)
                self.assertEqual(Decimal(line.inputs["rate"]), Decimal(rate))
                self.assertEqual(line.amount, bonus)

    def test_ma24_a_merchant_installed_in_the_quarter_counts_its_months(self):
        self.merchant(self.li, m4=60, m5=60, m6=60)
        self.merchant(self.li, since="2023-05-20", m5=60, m6=60)
        self.assertEqual(self.line(self.quarter()).inputs["merchant_months"], 5)

    def test_ma24_tenure_coefficient(self):
        scheme = self.env.ref("rural_recruiter_bonus.scheme_first").copy(
            {"valid_from": "2023-04-01", "company_id": self.company.id}
        )
        scheme.tenure_ids = [
            (0, 0, {"months_from": 0, "coefficient": 0.8}),
            (0, 0, {"months_from": 12, "coefficient": 1.5}),
        ]
        scheme.with_user(self.gm).action_adopt()
        self.merchant(self.li, m4=1000)
        self.assertEqual(self.line(self.quarter()).amount, 1000 * 0.02 * 1.5)

    def test_ma25_removals_lower_the_rate(self):
        for removed in (2, 4, 7):
            with self.subTest(removed=removed):
                employee = self._new_employee(f"退机{removed}")
                merchant = self.merchant(employee, terminals=20, m4=3000)
                self.remove(merchant, removed, "2023-05-10")
        run = self.quarter()
        for removed, steps, amount in ((2, 0, 60), (4, 1, 54), (7, 2, 48)):
            line = run.line_ids.filtered(lambda line, removed=removed: line.employee_id.name == f"退机{removed}")
            with self.subTest(removed=removed):
                self.assertEqual((line.inputs["steps"], line.amount), (steps, amount))

    def test_ma26_example_of_a_transfer(self):
        merchant = self.merchant(self.li, m4=45500)
        self.transfer(merchant, self.wang, "2023-05-16")
        run = self.quarter()
        self.assertEqual(self.amounts(run, "MA-26"), {"李小红": 680, "王建国": 230})
        self.assertIn("45/91 + 46/91 × 1/2", self.line(run, clause="MA-26").explanation)

    def test_ma26_a_transfer_on_the_first_day_is_like_one_on_the_second(self):
        merchant = self.merchant(self.li, m4=45500)
        self.transfer(merchant, self.wang, "2023-04-01")
        self.assertEqual(self.amounts(self.quarter(), "MA-26"), {"李小红": 455, "王建国": 455})

    def test_ma26_who_became_a_manager_on_the_first_day_gets_the_part_of_what_was_handed_over(self):
        merchant = self.merchant(self.li, m4=45500)
        self.transfer(merchant, self.wang, "2023-04-01")
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-03-31", "end_reason": "transfer"})
        post.create({"employee_id": self.li.id, "kind": "manager", "valid_from": "2023-04-01"})
        self.assertEqual(self.amounts(self.quarter(), "MA-26"), {"李小红": 455, "王建国": 455})

    def test_ma26_who_left_before_the_first_day_leaves_all_to_the_new_one(self):
        merchant = self.merchant(self.li, m4=45500)
        self.transfer(merchant, self.wang, "2023-04-01", "leaver")
        self.assertEqual(self.amounts(self.quarter()), {("王建国", "MA-24"): 910})

    def test_ma23_a_transfer_on_the_first_day_of_a_month_charges_the_new_one(self):
        merchant = self.merchant(self.li)
        self.transfer(merchant, self.wang, "2023-05-01")
        self.assertEqual(self.amounts(self.run_of("month", MAY), "MA-23"), {"王建国": -50})

    def test_ma26_from_the_next_quarter_all_is_the_new_ones(self):
        merchant = self.merchant(self.li, m7=45500)
        self.transfer(merchant, self.wang, "2023-05-16")
        run = self.run_of("quarter", "2023-07-01")
        self.assertEqual(self.amounts(run, "MA-24"), {"王建国": 910})

    def test_ma26_transferred_merchants_count_in_the_average_of_the_old_one(self):
        moved = self.merchant(self.li, m4=300, m5=300, m6=300)
        self.merchant(self.li)
        self.transfer(moved, self.wang, "2023-05-16")
        run = self.quarter()
        self.assertEqual(self.line(run, clause="MA-26").inputs["average"], "150.00")
        self.assertFalse(self.line(run, self.wang))

    def test_ma26_who_left_gets_nothing_and_the_new_one_the_days_from_then_on(self):
        merchant = self.merchant(self.li, m4=45500)
        self.transfer(merchant, self.wang, "2023-05-16", "leaver")
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-05-15", "end_reason": "left"})
        run = self.quarter()
        self.assertEqual(self.amounts(run), {("王建国", "MA-26"): 460})
        explanation = self.line(run, self.wang, "MA-26").explanation
        self.assertIn("paid to nobody and nothing of the rest is kept: 李小红", explanation)
        self.assertIn("王建国 has 46/91 of ¥ 910.00", explanation.replace("\xa0", " "))
        self.assertNotIn("half", explanation)

    def test_ma26_who_left_without_a_successor_gets_nothing(self):
        self.merchant(self.li, m4=45500)
        self.li.version_id.departure_date = "2023-05-15"
        self.assertFalse(self.amounts(self.quarter()))

    def test_ma26_who_leaves_with_the_last_day_keeps_the_bonus(self):
        self.merchant(self.li, m4=45500)
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-06-30", "end_reason": "left"})
        self.assertEqual(self.amounts(self.quarter(), "MA-24"), {"李小红": 910})

    def test_ma26_a_retained_merchant_stays_whole(self):
        merchant = self.merchant(self.li, m4=45500)
        merchant.assignment_ids.kept_by_transferred = True
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-05-15", "end_reason": "transfer"})
        self.assertEqual(self.amounts(self.quarter(), "MA-24"), {"李小红": 910})

    def test_ma26_a_transferred_recruiter_who_leads_keeps_what_a_retained_merchant_earns(self):
        retained = self.merchant(self.li, m4=45500)
        retained.assignment_ids.kept_by_transferred = True
        self.merchant(self.li, m4=1000)
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.li.id)])
        post.write({"valid_to": "2023-03-31", "end_reason": "transfer"})
        post.create({"employee_id": self.li.id, "kind": "manager", "valid_from": "2023-04-01"})
        run = self.quarter()
        self.assertEqual(self.amounts(run, "MA-24"), {"李小红": 910})
        self.assertEqual(self.line(run).inputs["merchant_ids"], retained.ids)

    def test_ma24_managers_are_paid_by_the_year(self):
        self.merchant(self.chief, m4=45500)
        self.assertFalse(self.amounts(self.quarter()))

    def test_each_recruiter_alone_is_due_what_all_together_are(self):
        """What the own page estimates for one is what the run says for all, to the cent."""
        recruiters = self.li + self.wang
        for number in range(4):
            recruiters += self._new_employee(f"招商员{number}", since=f"202{number % 3}-03-01")
        merchants = [
            self.merchant(
                recruiters[number % 6],
                str(1 + number % 3),
                f"2023-0{1 + number % 5}-1{number % 7}",
                terminals=1 + number % 4,
                m4=number * 31.17,
                m5=number * 45.01,
                m6=400 - number * 20.33,
            )
            for number in range(24)
        ]
        for number, merchant in enumerate(merchants):
            self.follow_up(merchant, ("good_review", "complaint")[number % 2], "2023-05-25")
            if number % 5 == 0:
                self.remove(merchant, 1, "2023-06-10")
            if number % 7 == 0:
                self.transfer(merchant, recruiters[(number + 1) % 6], "2023-06-01", ("transfer", "leaver")[number % 2])
        scheme = self.env.ref("rural_recruiter_bonus.scheme_first")
        lines = self.env["rural.bonus.computation"]._lines
        for kind, first in (("month", MAY), ("month", JUNE), ("quarter", APRIL)):
            together = [str(line) for line in lines(kind, first, self.company, scheme)]
            alone = [
                str(line) for recruiter in recruiters for line in lines(kind, first, self.company, scheme, recruiter)
            ]
            with self.subTest(kind=kind, first=first):
                self.assertGreater(len(together), 5)
                self.assertEqual(sorted(alone), sorted(together))

    # ------------------------------------------------------------------
    # Posts, leads, second transfers, losses (MA-26)
    # ------------------------------------------------------------------

    def post(self, employee):
        return self.env["rural.recruiting.post"].search([("employee_id", "=", employee.id)])

    def test_ma26_a_lead_handed_over_before_signing_is_nobodys_share(self):
        """Found by R1, given to R2 in May, signed in June: R2 910.00, R1 nothing."""
        merchant = self.merchant(self.li, since="2023-06-01", m6=45500)
        merchant.assignment_ids.valid_from = "2023-04-10"
        self.transfer(merchant, self.wang, "2023-05-16")
        self.assertEqual(self.amounts(self.quarter()), {("王建国", "MA-24"): 910})

    def test_ma26_a_second_transfer_halves_the_successors_half(self):
        """Of 910.00 the first 30 days are 300.00, the next 30 as well, the last 31 are 310.00."""
        merchant = self.merchant(self.li, m4=45500)
        third = self._new_employee("赵新来")
        self.transfer(merchant, self.wang, "2023-05-01")
        self.transfer(merchant, third, "2023-05-31")
        self.assertEqual(self.amounts(self.quarter(), "MA-26"), {"李小红": 605, "王建国": 227.5, "赵新来": 77.5})

    def test_ma26_each_share_of_a_second_transfer_is_rounded_once(self):
        """57.33 in 92 days, transferred on days 16 and 51: 33.338, 17.448 and 6.543, rounded once."""
        merchant = self.merchant(self.li, m7=2866.5)
        third = self._new_employee("赵新来")
        self.transfer(merchant, self.wang, "2023-07-16")
        self.transfer(merchant, third, "2023-08-20")
        shares = self.amounts(self.quarter(JULY), "MA-26")
        self.assertEqual(shares, {"李小红": 33.34, "王建国": 17.45, "赵新来": 6.54})

    def test_ma26_the_days_before_the_contract_are_nobodys(self):
        """Signed on 15 May and handed over a day later: one of the 47 days, and half of the other 46."""
        merchant = self.merchant(self.li, since="2023-05-15", m5=45500)
        self.transfer(merchant, self.wang, "2023-05-16")
        run = self.quarter()
        self.assertEqual(self.amounts(run, "MA-26"), {"李小红": 464.68, "王建国": 445.32})
        explanation = self.line(run, clause="MA-26").explanation
        self.assertIn("1/47 + 46/47 × 1/2", explanation)
        self.assertIn(format_date(self.env, "2023-05-15"), explanation)

    def test_ma26_merchants_with_contracts_of_the_quarter_are_told_apart(self):
        for day in ("2023-05-10", "2023-05-11"):
            moved = self.merchant(self.li, since=day, m5=45500)
            self.transfer(moved, self.wang, "2023-05-31")
        lead = self.merchant(self.li, since="2023-05-10", m5=45500)
        lead.assignment_ids.valid_from = "2023-04-10"
        self.transfer(lead, self.wang, "2023-05-31")
        lines = self.quarter().line_ids.filtered(lambda line: line.employee_id == self.li)
        self.assertEqual(sorted(lines.mapped("amount")), [633.43, 1277.5])
        self.assertEqual({line.inputs["days"] for line in lines}, {51, 52})

    def test_ma26_a_loss_is_not_put_on_a_successor(self):
        moved = self.merchant(self.li, m4=-1000)
        self.merchant(self.li, m4=10000)
        self.transfer(moved, self.wang, "2023-05-16")
        amounts = self.amounts(self.quarter())
        self.assertEqual((amounts["李小红", "MA-26"], amounts.get(("王建国", "MA-26"), 0)), (-20, 0))

    def test_ma26_the_part_of_a_manager_is_said_to_be_paid_to_nobody(self):
        """Who looked after a merchant before the first post, and leads in that, is paid by the year."""
        leading = self._new_employee("钱升任", kind="manager", since="2023-05-16")
        merchant = self.merchant(leading, m4=45500)
        self.transfer(merchant, self.wang, "2023-05-16")
        run = self.quarter()
        self.assertEqual(self.amounts(run, "MA-26"), {"王建国": 230})
        explanation = self.line(run, self.wang, "MA-26").explanation
        self.assertIn("paid by the year, so that this part is paid to nobody: 钱升任", explanation)
        self.assertIn("46/91 × 1/2", explanation)

    def test_ma26_who_left_and_came_back_within_the_quarter_gets_none_for_it(self):
        self.merchant(self.li, m4=45500)
        self.post(self.li).write({"valid_to": "2023-04-30", "end_reason": "left"})
        self.post(self.li).create({"employee_id": self.li.id, "valid_from": "2023-06-10"})
        self.assertFalse(self.amounts(self.quarter()))

    def test_ma26_months_of_absence_are_nobodys(self):
        self.merchant(self.li, m4=45500, m5=45500, m6=45500)
        self.post(self.li).write({"valid_to": "2023-02-28", "end_reason": "left"})
        self.post(self.li).create({"employee_id": self.li.id, "valid_from": "2023-06-10"})
        line = self.line(self.quarter())
        self.assertEqual((line.amount, line.inputs["merchant_months"]), (910, 1))
        self.assertIn("in no post: ¥ 91,000.00", line.explanation.replace("\xa0", " "))

    def test_ma26_what_hr_does_after_a_departure_changes_nothing(self):
        self.merchant(self.li, m4=45500)
        self.li.version_id.departure_date = "2023-04-20"
        self.assertEqual((str(self.post(self.li).valid_to), self.post(self.li).end_reason), ("2023-04-20", "left"))
        self.li.version_id.departure_date = False
        self.assertFalse(self.amounts(self.quarter()))
        may = self.amounts(self.run_of("month", MAY))
        self.assertNotIn("李小红", {name for name, _clause in may})

    def test_ma26_a_promotion_ends_the_months_and_the_head_is_asked_for_a_successor(self):
        kept, left = self.merchant(self.li, m4=1000, m6=45500), self.merchant(self.li, m4=1000, m6=45500)
        kept.assignment_ids.kept_by_transferred = True
        self.post(self.li).write({"valid_to": "2023-04-30", "end_reason": "transfer"})
        self.assertEqual(self.post(self.li)._merchants_left(), left)
        self.assertIn(self.head, self.post(self.li).activity_ids.user_id)
        self.assertEqual(self.post(self.li).action_view_merchants()["domain"], [("id", "in", left.ids)])
        line = self.line(self.quarter())
        self.assertEqual((line.inputs["total"], line.inputs["merchant_months"]), ("47500.00", 4))
        self.transfer(left, self.wang, "2023-05-01")
        self.assertFalse(self.post(self.li).activity_ids)

    def test_ma24_explains_itself(self):
        self.merchant(self.li, m4=45500)
        self.merchant(self.li, m4=10)
        line = self.line(self.quarter())
        for text in ("910.20", "rate 2%,", "MA-24"):
            self.assertIn(text, line.explanation)
