from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestYear(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vice = cls._new_employee("陈副主管", kind="manager")

    def year(self):
        self.merchant(self.li, m1=100, m4=60000)
        return self.run_of("year", "2023-01-01")

    def shares(self, run, **weights):
        run = run.with_user(self.head)
        for share in run.share_ids:
            share.weight = weights[share.employee_id.name]

    def test_ma27_the_head_shares_out_and_the_shares_add_up(self):
        run = self.year()
        self.assertEqual(run.pool_amount, 601)
        for amount in (run.pool_figures["total"], run.pool_figures["average"]):
            self.assertIn(run._amount(float(amount)), run.pool_text)
        self.assertRegex(run.pool_text, r"¥\W?60,100\.00")
        self.assertEqual(self.amounts(run), {("张思成", "MA-27"): 300.5, ("陈副主管", "MA-27"): 300.5})
        self.shares(run, 张思成=2, 陈副主管=1)
        run.action_compute()
        self.assertEqual(self.amounts(run, "MA-27"), {"张思成": 400.67, "陈副主管": 200.33})
        self.assertEqual(run.total, run.pool_amount)
        self.assertEqual(run.changed_count, 2)

    def test_ma27_nobody_approves_what_they_shared_out(self):
        """Whoever shares out, or takes a share away, reviews it as head, and does not approve it."""
        self.gm.group_ids += self.env.ref("rural_merchant.group_recruiting_head")
        run = self.year()
        self.shares(run, 张思成=2, 陈副主管=1)
        run.action_compute()
        run.share_ids[0].with_user(self.gm).weight = 2
        run.with_user(self.head).action_review()
        approved = run.with_user(self.gm)
        self.assertFalse(approved.can_confirm)
        with self.assertRaisesRegex(UserError, "has worked on"):
            approved.action_approve()

    def test_ma27_a_share_does_not_move_into_a_reviewed_run(self):
        reviewed = self.year()
        self.shares(reviewed, 张思成=1, 陈副主管=1)
        reviewed.action_compute()
        reviewed.with_user(self.head).action_review()
        draft = self.run_of("year", "2022-01-01")
        share = self.env["rural.bonus.share"].create({"run_id": draft.id, "employee_id": self._new_employee("刘新").id})
        with self.assertRaisesRegex(UserError, "settled"):
            share.with_user(self.head).run_id = reviewed

    def test_ma27_who_left_gets_none(self):
        run = self.year()
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.vice.id)])
        post.write({"valid_to": "2023-11-30", "end_reason": "dismissed"})
        with self.assertRaisesRegex(UserError, "陈副主管"):
            run.with_user(self.head).action_review()

    def test_ma27_transfer_within_the_year(self):
        run = self.year()
        self.shares(run, 张思成=1, 陈副主管=0)
        share = run.share_ids.filtered(lambda share: share.employee_id == self.chief)
        share.with_user(self.head).write({"successor_id": self.vice.id, "transferred_on": "2023-07-02"})
        run.action_compute()
        # 182 of 365 days are 299.68, of the rest of 301.32 each gets half.
        self.assertEqual(self.amounts(run, "MA-27"), {"张思成": 450.34, "陈副主管": 150.66})

    def test_ma27_under_three_months_is_paid_with_the_next_year(self):
        self.vice.version_id.contract_date_start = "2023-10-15"
        run = self.year()
        line = run.line_ids.filtered(lambda line: line.employee_id == self.vice)
        self.assertTrue(line.deferred)
        self.approve(run)
        self.assertEqual(run._payable_lines().employee_id, self.chief)
        following = self.Run.with_user(self.payroll).create({"kind": "year", "date_from": "2024-01-01"})
        self.assertEqual(following._payable_lines(), line.sudo())

    def test_ma27_three_months_with_the_company_are_enough(self):
        self.vice.version_id.contract_date_start = "2023-10-01"
        self.assertFalse(any(self.year().line_ids.mapped("deferred")))

    def test_ma27_what_was_deferred_is_paid_with_the_next_year_and_comes_out_again(self):
        first, following, line = self.deferred()
        batch = self.batch()
        following._put_in_payslips(batch)
        self.assertEqual((line.paid_by_run_id, line.payslip_id.payslip_run_id), (following, batch))
        self.assertIn(line.payslip_id.id, following.action_view_payslips()["domain"][0][2])
        following.action_take_out_of_payslips()
        self.assertFalse(line.payslip_id)
        self.assertFalse(any(batch.slip_ids.input_line_ids.mapped("amount")))
        self.assertEqual((first.state, following.state, following.payslip_count), ("in_payslips", "approved", 0))

    def test_ma27_what_was_deferred_is_not_lost_with_its_payslip(self):
        first, following, line = self.deferred()
        batch = self.batch()
        following._put_in_payslips(batch)
        slip = line.payslip_id.with_user(self.payroll)
        slip.action_payslip_cancel()
        slip.unlink()
        self.assertEqual((first.state, following.state, following.payable_count), ("in_payslips", "approved", 1))
        following._put_in_payslips(batch)
        self.assertEqual((line.payslip_id.payslip_run_id, following.state), (batch, "in_payslips"))

    def test_ma27_a_leaver_recorded_late_gives_the_bonus_back(self):
        run = self.approve(self.year())
        self.leave()
        following = self.run_of("year", "2024-01-01")
        line = following.line_ids.filtered("is_correction")
        self.assertEqual((line.employee_id, line.amount), (self.vice, -300.5))
        self.assertEqual(run.total, run.pool_amount)

    def test_ma27_a_leaver_recorded_late_gives_nothing_back_that_was_deferred(self):
        _first, following, line = self.deferred(lambda: self.leave())
        correction = following.line_ids.filtered("is_correction")
        self.assertEqual((correction.corrects_id, correction.amount), (line, -300.5))
        following._put_in_payslips(self.batch())
        self.assertFalse(line.payslip_id | correction.payslip_id)
        self.assertEqual(following.state, "in_payslips")

    def test_ma27_who_left_is_not_proposed(self):
        self.vice.version_id.departure_date = "2023-11-30"
        self.assertEqual(self.year().share_ids.employee_id, self.chief)

    def line(self, run, employee):
        return run.line_ids.filtered(lambda line: line.employee_id == employee)

    def test_ma27_months_count_with_the_company_and_not_in_the_post(self):
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.vice.id)])
        post.valid_from = "2023-11-15"
        line = self.line(self.year(), self.vice)
        self.assertEqual((line.inputs["months_employed"], line.deferred), (24, False))

    def test_ma27_months_with_the_company_are_those_without_a_gap(self):
        self.vice.version_id.contract_date_end = "2023-06-30"
        self.vice.create_version(
            {"date_version": "2023-11-15", "contract_date_start": "2023-11-15", "contract_date_end": False}
        )
        line = self.line(self.year(), self.vice)
        self.assertEqual((line.inputs["months_employed"], line.deferred), (1, True))

    def test_ma27_a_transferred_manager_is_proposed_with_the_successor(self):
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.chief.id)])
        post.write({"valid_to": "2023-07-01", "end_reason": "transfer"})
        successor = self._new_employee("接任主管", kind="manager", since="2023-07-02")
        run = self.year()
        shares = {share.employee_id: share.successor_id for share in run.share_ids}
        self.assertEqual(shares, {self.chief: successor, self.vice: self.env["hr.employee"]})
        # Of 300.50, 182 of 365 days are 149.84; of the rest of 150.66 each gets half.
        self.assertEqual(self.amounts(run, "MA-27"), {"张思成": 225.17, "接任主管": 75.33, "陈副主管": 300.5})

    def test_ma27_naming_a_successor_leaves_no_line_of_nothing(self):
        run = self.year()
        share = run.share_ids.filtered(lambda share: share.employee_id == self.chief)
        share.with_user(self.head).write({"successor_id": self.vice.id, "transferred_on": "2023-07-02"})
        run.action_compute()
        self.assertTrue(all(run.line_ids.mapped("amount")))
        self.assertEqual(len(run.line_ids), 3)

    # ------------------------------------------------------------------

    def leave(self):
        post = self.env["rural.recruiting.post"].search([("employee_id", "=", self.vice.id)])
        post.write({"valid_to": "2023-12-20", "end_reason": "left"})

    def batch(self):
        values = {"name": "2025年1月工资", "date_start": "2025-01-01", "date_end": "2025-01-31"}
        return self.env["hr.payslip.run"].with_user(self.payroll).create(values)

    @freeze_time("2025-02-01 02:00:00")
    def deferred(self, meanwhile=lambda: None):
        """The approved runs of two years, and the line of the first that is paid with the second."""
        self.vice.version_id.contract_date_start = "2023-10-15"
        first = self.approve(self.year())
        first._put_in_payslips(self.batch())
        meanwhile()
        following = self.approve(self.run_of("year", "2024-01-01"))
        return first, following, first.line_ids.filtered("deferred").sudo()
