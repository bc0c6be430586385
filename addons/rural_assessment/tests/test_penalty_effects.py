from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError

from .common import AssessmentCase


class TestPenaltyEffects(AssessmentCase):
    """SC-17: what a final decision does to deposit, authorisation and agreement."""

    def setUp(self):
        super().setUp()
        self.deposit = self.pay_deposit(5000)

    def final(self, violation="w02", **measure):
        case = self.decided(violation, **measure)
        self.accept(case)
        self.assertEqual(case.state, "final")
        return case

    # ------------------------------------------------------------------
    # Deduction
    # ------------------------------------------------------------------

    def test_sc17_deduction_goes_through_the_deposit(self):
        case = self.final()
        movement = case.movement_id
        self.assertEqual((movement.kind, movement.state, movement.amount), ("deduct", "requested", 1000))
        self.assertEqual((movement.clause_id.code, movement.document), ("SC-17", case.name))
        self.assertEqual(movement.requested_by_id, self.director)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            movement.with_user(self.director).action_approve()
        self.post_deduction(case)
        self.assertEqual((self.deposit.balance, case.deducted, case.receivable), (4000, 1000, 0))
        self.assertIn("1,000.00", case.message_ids[0].body)

    def test_dp02_deduction_beyond_the_balance_is_cut_and_the_rest_is_a_receivable(self):
        case = self.final(amount=6200.50)
        self.post_deduction(case)
        self.assertEqual((self.deposit.balance, case.deducted, case.receivable), (0, 5000, 1200.50))
        items = case.movement_id.move_id.line_ids
        receivable = items.filtered(lambda line: line.account_type == "asset_receivable")
        self.assertEqual((receivable.partner_id, receivable.balance), (self.lichuan.partner_id, 1200.50))

    def test_sc17_refused_deduction_is_requested_again(self):
        case = self.final()
        with self.assertRaisesRegex(UserError, "on its way"):
            case.with_user(self.director).action_request_again()
        case.movement_id.with_user(self.deputy)._reject("单据不全")
        case.with_user(self.director).action_request_again()
        self.assertEqual(case.movement_state, "requested")

    def test_sc17_closed_deposit_leaves_the_case_open_and_tells_the_decider(self):
        case = self.decided()
        self.deposit.closed_on = "2023-01-10"
        with freeze_time("2023-03-01 02:00:00"):
            self.env["rural.penalty.case"]._cron_make_final()
        self.assertEqual(case.state, "decided")
        self.assertIn("could not take effect", case.message_ids[0].body + case.message_ids[1].body)
        self.assertEqual(case.activity_ids.user_id, self.director)

    # ------------------------------------------------------------------
    # Suspension
    # ------------------------------------------------------------------

    def _order(self, number, day):
        self.load(self.row(number, 1, 下单时间=f"{day} 09:00:00", 完成时间=f"{day} 18:00:00"))
        return self.line(number).outcome

    def test_sc17_suspension_from_the_next_day_on(self):
        case = self.final("w06")
        suspension = case.suspension_id
        self.assertEqual((suspension.valid_from, suspension.valid_to), (date(2023, 1, 11), date(2023, 1, 25)))
        with freeze_time("2023-02-10 02:00:00"):
            self.assertEqual(self._order("S1", "2023-01-10"), "eligible")
            self.assertEqual(self._order("S2", "2023-01-11"), "center_inactive")
            self.assertEqual(self._order("S3", "2023-01-25"), "center_inactive")
            self.assertEqual(self._order("S4", "2023-01-26"), "eligible")

    def test_sc17_suspension_follows_one_that_runs(self):
        self.lichuan._suspend(date(2023, 1, 5), date(2023, 1, 20), "整改")
        suspension = self.final("w06").suspension_id
        self.assertEqual((suspension.valid_from, suspension.valid_to), (date(2023, 1, 21), date(2023, 2, 4)))

    def test_sc17_suspension_until_further_notice_stays(self):
        running = self.lichuan._suspend(date(2023, 1, 5), False, "整改")
        self.assertEqual(self.final("w06").suspension_id, running)

    def test_sc17_nobody_lifts_or_shortens_what_a_case_has_decided(self):
        suspension = self.final("w06").suspension_id
        self.lichuan._suspend(date(2023, 3, 1), False, "整改")
        for user in (self.operations, self.director):
            period = suspension.with_user(user)
            wizard = self.env["rural.center.suspend"].with_user(user)
            vals = {"center_id": self.lichuan.id, "resume": True, "first_day": "2023-01-11", "reason": "整改完成"}
            for change in (
                lambda: wizard.create(vals).action_apply(),  # noqa: B023
                lambda: period.write({"valid_to": "2023-01-24", "reason": "整改完成"}),  # noqa: B023
                lambda: period.unlink(),  # noqa: B023
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                    change()
        suspension.with_user(self.director).valid_to = "2023-02-10"
        self.assertEqual(suspension.valid_to, date(2023, 2, 10))

    def test_sc17_suspension_until_further_notice_is_lifted_when_the_days_of_the_case_are_over(self):
        running = self.lichuan._suspend(date(2023, 1, 5), False, "整改")
        self.final("w06")
        lift = self.lichuan.with_user(self.director)._resume
        with self.assertRaisesRegex(UserError, "SC-17"):
            lift(date(2023, 1, 25), "整改完成")
        lift(date(2023, 1, 26), "整改完成")
        self.assertEqual(running.valid_to, date(2023, 1, 25))

    # ------------------------------------------------------------------
    # Termination
    # ------------------------------------------------------------------

    def test_sc17_termination_is_the_exit_of_the_center(self):
        running = self._agree(self.lichuan, 2023)
        case = self.final("w08")
        leaving = case.exit_id
        self.assertEqual((leaving.kind, leaving.state, leaving.last_day), ("termination", "running", date(2023, 1, 10)))
        self.assertEqual((leaving.requested_by_id, leaving.decided_by_id), (self.operations, self.director))
        self.assertEqual(self.lichuan.authorisation_ids.valid_to, date(2023, 1, 10))
        with freeze_time("2023-01-11 02:00:00"):
            self.env["rural.center.agreement"]._end_those_over()
            self.env.invalidate_all()
            self.assertEqual(self.lichuan.state, "ended")
            self.assertEqual(running.stage, "ended")
            self.assertEqual(self._order("S1", "2023-01-11"), "center_inactive")

    def test_sc17_termination_takes_over_an_exit_that_was_asked_for(self):
        leaving = (
            self.env["rural.center.exit"]
            .with_user(self.operations)
            .create({"center_id": self.lichuan.id, "reason": "自愿退出", "last_day": "2023-06-30"})
        )
        case = self.final("w08")
        self.assertEqual(case.exit_id, leaving)
        self.assertEqual((leaving.state, leaving.kind, leaving.last_day), ("running", "termination", date(2023, 1, 10)))

    def test_sc17_termination_brings_an_exit_forward_that_was_decided(self):
        running = self._agree(self.lichuan, 2023)
        leaving = (
            self.env["rural.center.exit"]
            .with_user(self.operations)
            .create({"center_id": self.lichuan.id, "reason": "自愿退出", "last_day": "2023-06-30"})
        )
        leaving.with_user(self.deputy).action_decide()
        case = self.final("w08")
        self.assertEqual(case.exit_id, leaving)
        self.assertEqual((leaving.state, leaving.kind, leaving.last_day), ("running", "termination", date(2023, 1, 10)))
        self.assertIn(case.name, leaving.reason)
        self.assertEqual((leaving.requested_by_id, leaving.decided_by_id), (self.operations, self.director))
        self.assertEqual(self.lichuan.authorisation_ids.valid_to, date(2023, 1, 10))
        self.assertEqual(running.ended_on, date(2023, 1, 10))

    def test_sc17_termination_leaves_a_center_that_has_left_as_it_is(self):
        leaving = (
            self.env["rural.center.exit"]
            .with_user(self.operations)
            .create({"center_id": self.lichuan.id, "reason": "自愿退出", "last_day": "2023-01-09"})
        )
        leaving.with_user(self.deputy).action_decide()
        self.assertEqual(self.final("w08").exit_id, leaving)
        self.assertEqual((leaving.kind, leaving.last_day), ("voluntary", date(2023, 1, 9)))

    def test_sc17_warning_is_on_record_only(self):
        case = self.final("w01")
        self.assertFalse(case.movement_id or case.suspension_id or case.exit_id)
        self.assertEqual(self.deposit.balance, 5000)

    def test_sc17_final_cases_are_printed_with_the_result_of_the_year(self):
        case = self.final("w01")
        self._load_year()
        line = self.result(self.assess())
        self.assertEqual(line.case_ids, case)
        self.assertIn("警告", line._printed_cases()[0])
