from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import APRIL, MAY, BonusCase


@tagged("post_install", "-at_install")
class TestRun(BonusCase):
    def setUp(self):
        super().setUp()
        self.bought = self.merchant(self.li, "1", "2023-05-10")

    def test_ma28_steps_by_different_people(self):
        run = self.run_of("month", MAY)
        with self.assertRaises(AccessError):
            run.action_review()
        with self.assertRaises(UserError):
            run.with_user(self.gm).action_approve()
        run.with_user(self.head).action_review()
        with self.assertRaises(AccessError):
            run.with_user(self.head).action_approve()
        run.with_user(self.gm).action_approve()
        self.assertEqual(run.state, "approved")

    def test_ma28_who_computed_does_not_review_and_who_reviewed_does_not_approve(self):
        self.payroll.group_ids += self.env.ref("rural_merchant.group_general_manager")
        self._new_user("b_other_gm", "rural_merchant.group_general_manager")
        run = self.run_of("month", MAY)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.action_review()
        run.with_user(self.gm).action_review()
        with self.assertRaisesRegex(UserError, "by the buttons only"):
            run.with_user(self.gm).reviewed_by_id = self.head
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.with_user(self.gm).action_approve()

    def test_ma28_who_reviewed_is_not_offered_to_approve(self):
        other = self._new_user("b_gm_2", "rural_merchant.group_general_manager")
        run = self.run_of("month", MAY)
        run.with_user(self.gm).action_review()
        self.assertFalse(run.with_user(self.gm).can_confirm)
        self.assertIn("You have worked on these figures", run.with_user(self.gm).in_the_way)
        self.assertNotIn(run, self.Run.with_user(self.gm).search([("can_confirm", "=", True)]))
        self.assertTrue(run.with_user(other).can_confirm)
        self.assertFalse(run.with_user(other).in_the_way)

    def test_what_changed_since_the_last_computation(self):
        run = self.run_of("month", MAY)
        self.assertFalse(run.changed_count)
        self.merchant(self.li, "2", "2023-05-20")
        run.action_compute()
        changed = run.line_ids.filtered("is_changed")
        self.assertEqual((changed.employee_id, changed.previous_amount, changed.amount), (self.li, -100, 0))
        run.action_compute()
        self.assertFalse(run.changed_count)

    def test_what_did_not_change_is_not_reported_though_persons_have_several_lines(self):
        first, second, third = (self.merchant(self.li, m4=45500) for _number in range(3))
        self.transfer(first, self.wang, "2023-05-16")
        self.transfer(second, self.wang, "2023-06-01")
        self.transfer(third, self._new_employee("赵新来"), "2023-06-01")
        run = self.run_of("quarter", APRIL)
        amounts = run.line_ids.mapped("amount")
        run.action_compute()
        self.assertEqual((run.changed_count, run.line_ids.mapped("previous_amount")), (0, amounts))
        self.earn(second, APRIL, 9100)
        run.action_compute()
        changed = run.line_ids.filtered("is_changed")
        self.assertEqual(changed.mapped("inputs")[0]["merchant_ids"], second.ids)
        self.assertEqual((len(changed), sum(changed.mapped("change"))), (2, 182))

    def test_the_persons_are_those_of_the_lines_also_where_a_line_is_zero(self):
        self.merchant(self.li, "2", "2023-05-20")
        run = self.run_of("month", MAY)
        self.assertIn(0, run.line_ids.mapped("amount"))
        self.assertEqual(run.person_count, len(run.line_ids.employee_id))

    def test_ma22_a_run_says_what_its_clauses_come_to(self):
        run = self.run_of("month", MAY)
        self.assertEqual(run.clause_id.code, "MA-22")
        self.assertIn(f"for {run.person_count} persons", run.explanation)
        self.assertIn("Points of the Month (MA-22): ", run.explanation)

    def test_ma28_a_review_is_undone_with_a_reason_that_is_kept(self):
        run = self.run_of("month", MAY)
        run.with_user(self.head).action_review()
        step = run.with_user(self.head).action_back_to_draft()
        self.assertEqual((run.state, step["res_model"]), ("reviewed", "rural.step.reason"))
        with self.assertRaisesRegex(UserError, "Say why"):
            run.with_user(self.head)._back_to_draft(" ")
        run.with_user(self.head)._back_to_draft("漏记一家商户")
        self.assertEqual((run.state, run.reviewed_by_id.id), ("draft", False))
        self.assertIn("漏记一家商户", run.message_ids[0].body)

    def test_ma23_the_only_approver_does_not_review(self):
        run = self.run_of("month", MAY)
        group = self.env.ref("rural_merchant.group_general_manager")
        others = group.all_user_ids.filtered(lambda user: self.company in user.company_ids) - self.gm
        others.write({"active": False})
        self.assertFalse(run.with_user(self.gm).can_review)
        self.assertIn("nobody but you can approve it", run.with_user(self.gm).in_the_way)
        with self.assertRaisesRegex(UserError, "nobody but you can approve it"):
            run.with_user(self.gm).action_review()
        self._new_user("b_second_gm", "rural_merchant.group_general_manager")
        run.invalidate_recordset()
        self.assertTrue(run.with_user(self.gm).can_review)
        self.assertFalse(run.with_user(self.gm).in_the_way)
        run.with_user(self.gm).action_review()
        self.assertFalse(run.with_user(self.gm).can_confirm)
        self.assertIn("You have worked on these figures", run.with_user(self.gm).in_the_way)

    def test_ma23_a_head_whose_hand_is_in_the_figures_reads_why_there_is_no_button(self):
        run = self.run_of("month", MAY)
        self.assertFalse(run.with_user(self.head).in_the_way)
        self.env["rural.merchant.cost"].with_user(self.head).create(
            {"name": "装机", "merchant_id": self.bought.id, "month": MAY, "amount": 5}
        )
        run.invalidate_recordset()
        self.assertFalse(run.with_user(self.head).can_review)
        self.assertIn("somebody else reviews them", run.with_user(self.head).in_the_way)

    def test_a_line_that_vanished_is_shown_at_zero(self):
        low = self.merchant(self.wang)
        run = self.run_of("month", MAY)
        self.earn(low, MAY, 80)
        run.action_compute()
        line = run.line_ids.filtered(lambda line: line.clause == "MA-23")
        self.assertEqual((line.previous_amount, line.amount), (-50, 0))
        self.assertTrue(line.explanation)

    def test_figures_that_changed_after_the_review_are_not_approved(self):
        run = self.run_of("month", MAY)
        run.with_user(self.head).action_review()
        self.merchant(self.li, "2", "2023-05-20")
        with self.assertRaisesRegex(UserError, "李小红"):
            run.with_user(self.gm).action_approve()

    def test_ma28_a_correction_is_a_line_of_a_later_run(self):
        may = self.approve(self.run_of("month", MAY))
        self.follow_up(self.bought, "complaint", "2023-05-25")
        june = self.run_of("month", "2023-06-01")
        line = june.line_ids.filtered("is_correction")
        self.assertEqual((line.employee_id, line.clause, line.amount), (self.li, "MA-22", -25))
        self.assertEqual((line.period, line.corrects_id.run_id, june.correction_count), (MAY, may, 1))
        self.assertIn("-125.00", line.explanation)
        self.assertEqual(self.amounts(may, "MA-22")["李小红"], -100)

    def test_ma28_a_correction_is_made_once(self):
        self.approve(self.run_of("month", MAY))
        self.follow_up(self.bought, "complaint", "2023-05-25")
        self.approve(self.run_of("month", "2023-06-01"))
        self.assertFalse(self.run_of("month", "2023-07-01").correction_count)

    def test_final_figures_stay(self):
        run = self.approve(self.run_of("month", MAY))
        for attempt in (
            run.action_compute,
            run.action_cancel,
            run.unlink,
            lambda: run.write({"date_from": "2023-06-01"}),
            lambda: run.write({"state": "draft"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        with self.assertRaises(AccessError):
            run.line_ids.write({"amount": 1})

    def test_a_period_that_is_not_over_is_not_reviewed(self):
        run = self.run_of("month", "2024-02-01")
        with self.assertRaisesRegex(UserError, "not over"):
            run.with_user(self.head).action_review()

    def test_a_period_is_over_when_its_last_day_is_over_in_china(self):
        run = self.run_of("month", "2024-02-01").with_user(self.head)
        with freeze_time("2024-02-29 15:59:59"), self.assertRaisesRegex(UserError, "not over"):
            run.action_review()
        with freeze_time("2024-02-29 16:00:00"):
            run.action_review()
        self.assertEqual(run.state, "reviewed")

    # ------------------------------------------------------------------
    # Makers, missing files, older corrections
    # ------------------------------------------------------------------

    def test_ma23_who_entered_a_cost_or_a_fee_neither_reviews_nor_approves(self):
        run = self.run_of("month", MAY)
        credit = self.env["rural.merchant.cost"].with_user(self.head).create(
            {"name": "返利", "merchant_id": self.bought.id, "month": MAY, "amount": -5000}
        )  # fmt: skip
        credit.with_user(self.gm).action_confirm()
        run.action_compute()
        self.assertIn(self.head, run.maker_ids)
        # Who only looked at the entry as a second person has not made the run.
        self.assertNotIn(self.gm, run.maker_ids)
        self.assertFalse(run.with_user(self.head).can_review)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.with_user(self.head).action_review()

    def test_ma21_who_entered_a_follow_up_neither_reviews_nor_approves(self):
        self.gm.group_ids += self.env.ref("rural_merchant.group_customer_service")
        self.env["rural.merchant.follow.up"].with_user(self.gm).create(
            {"merchant_id": self.bought.id, "kind": "good_review", "date": "2023-05-20"}
        )
        run = self.run_of("month", MAY)
        run.with_user(self.head).action_review()
        self.assertFalse(run.with_user(self.gm).can_confirm)
        self.assertIn("You have worked on these figures", run.with_user(self.gm).in_the_way)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.with_user(self.gm).action_approve()

    def test_ma28_everybody_who_has_computed_is_a_maker(self):
        run = self.run_of("month", MAY)
        self.head.group_ids += self.env.ref("payroll.group_payroll_user")
        run.with_user(self.head).action_compute()
        run.with_user(self.payroll).action_compute()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.with_user(self.head).action_review()

    def test_ma28_figures_are_those_that_were_on_the_screen(self):
        run = self.run_of("month", MAY)
        run.with_user(self.head).action_review()
        seen = run.with_user(self.gm).with_context(rural_seen=[run.total + 1, run.computation_count])
        self.assertEqual(seen.action_approve()["params"]["type"], "warning")
        self.assertEqual(run.state, "reviewed")

    def test_ma28_a_run_without_its_card_files_is_approved_with_a_reason_only(self):
        self.env["rural.card.transaction"].sudo().search(
            [("company_id", "=", self.company.id), ("month", "=", MAY)]
        ).unlink()
        run = self.run_of("month", MAY)
        self.assertEqual(run.missing_months, "2023-05")
        run.with_user(self.head).action_review()
        approving = run.with_user(self.gm)
        with self.assertRaisesRegex(UserError, "2023-05"):
            approving.action_confirm()
        action = approving.action_approve()
        wizard = self.env[action["res_model"]].with_user(self.gm).with_context(**action["context"])
        wizard.create({"reason": "收单机构停机"}).action_apply()
        self.assertEqual((run.state, run.missing_reason), ("approved", "收单机构停机"))

    def test_ma26_what_is_older_is_shown_and_not_paid(self):
        self.approve(self.run_of("month", "2022-05-01"))
        self.merchant(self.li, "1", "2022-05-10")
        self.assertEqual(self.run_of("month", APRIL).correction_count, 1)
        june = self.run_of("month", "2023-06-01")
        self.assertFalse(june.correction_count)
        self.assertIn("李小红, MA-22 for 2022-05", june.older_text)
        self.assertEqual(june.older_corrections[0]["worth"], "-100.00")

    def test_a_run_is_set_aside_with_a_reason(self):
        run = self.run_of("month", MAY)
        action = run.action_cancel()
        wizard = self.env[action["res_model"]].with_user(self.payroll).with_context(**action["context"])
        wizard.create({"reason": "重开"}).action_apply()
        self.assertEqual((run.state, run.cancel_reason, run.cancelled_by_id), ("cancelled", "重开", self.payroll))
        self.assertEqual(self.run_of("month", MAY).state, "draft")

    def test_nobody_begins_in_the_middle(self):
        run = (
            self.Run.with_user(self.payroll)
            .with_context(default_state="approved")
            .create({"kind": "month", "date_from": MAY, "state": "approved", "confirmed_by_id": self.gm.id})
        )
        self.assertEqual((run.state, run.confirmed_by_id), ("draft", self.env["res.users"]))

    def test_workbook(self):
        run = self.run_of("month", MAY)
        report = self.env.ref("rural_recruiter_bonus.action_report_bonus_run_xlsx").with_user(self.payroll)
        content, kind = report._render_xlsx(report.report_name, run.ids, {})
        self.assertEqual((kind, content[:2]), ("xlsx", b"PK"))
