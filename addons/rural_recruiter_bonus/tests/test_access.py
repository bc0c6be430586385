from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import MAY, BonusCase


@tagged("post_install", "-at_install")
class TestAccess(BonusCase):
    def test_recruiter_sees_the_own_approved_lines_only(self):
        run = self.run_of("month", MAY)
        lines = self.env["rural.bonus.line"].with_user(self.li_user)
        self.assertFalse(lines.search([]))
        self.approve(run)
        self.assertEqual(lines.search([]).employee_id, self.li)
        other = run.line_ids.filtered(lambda line: line.employee_id == self.wang)
        with self.assertRaises(AccessError):
            other.with_user(self.li_user).read(["amount"])

    def test_recruiter_neither_reads_runs_nor_computes(self):
        run = self.run_of("month", MAY)
        with self.assertRaises(AccessError):
            run.with_user(self.li_user).read(["total"])
        with self.assertRaises(AccessError):
            run.with_user(self.li_user).action_compute()

    def test_who_works_with_lines_sees_all(self):
        run = self.approve(self.run_of("month", MAY))
        for user in (self.payroll, self.head, self.gm, self.accountant):
            self.assertEqual(len(self.env["rural.bonus.line"].with_user(user).search([("run_id", "=", run.id)])), 2)

    def test_who_sees_runs_opens_them(self):
        """The form shows nothing that somebody who may open it may not read."""
        run = self.run_of("month", MAY)
        for user in (self.payroll, self.head, self.gm, self.accountant):
            self.assertEqual(Form(run.with_user(user)).total, run.total)
            self.assertTrue(Form(run.line_ids[0].with_user(user)).explanation)

    def test_nobody_writes_lines(self):
        run = self.run_of("month", MAY)
        for user in (self.payroll, self.head, self.gm):
            lines = run.line_ids.with_user(user)
            for attempt, values in ((lines.write, [{"amount": 5}]), (lines.unlink, []), (lines[0].copy, [{}])):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    attempt(*values)

    def test_other_company_sees_nothing(self):
        self.approve(self.run_of("month", MAY))
        other = self._new_company("另一家")
        stranger = self._new_user(
            "b_stranger", "payroll.group_payroll_manager,rural_merchant.group_general_manager", other
        )
        for model in ("rural.bonus.run", "rural.bonus.line", "rural.recruiting.post"):
            records = self.env[model].with_user(stranger).with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.search([]), model)

    def test_accountant_reads_and_does_no_more(self):
        run = self.run_of("month", MAY).with_user(self.accountant)
        for attempt in (run.action_compute, run.action_review, run.action_approve, run.action_put_in_payslips):
            with self.assertRaises(AccessError):
                attempt()

    def test_who_manages_operations_reads_nobodys_bonus(self):
        run = self.approve(self.run_of("month", MAY))
        manager = self._new_user("b_operations", "rural_base.group_operations_manager")
        for records in (run, run.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(manager).read(["company_id"])

    def test_who_may_read_whose_bonus_lines(self):
        run = self.approve(self.run_of("month", MAY))
        readers = {
            "rural_merchant.group_recruiter": 0,
            "rural_merchant.group_recruiting_head": 2,
            "rural_merchant.group_operations_director": 2,
            "rural_merchant.group_general_manager": 2,
            "payroll.group_payroll_user": 2,
            "account.group_account_user": 2,
            "rural_merchant.group_customer_service": None,
            "rural_base.group_operations_manager": None,
            "rural_base.group_settlement_manager": None,
            "account.group_account_invoice": None,
        }
        for number, (group, count) in enumerate(readers.items()):
            lines = self.env["rural.bonus.line"].with_user(self._new_user(f"b_reader{number}", group))
            with self.subTest(group=group):
                if count is None:
                    self.assertFalse(lines.has_access("read"))
                else:
                    self.assertEqual(len(lines.search([("run_id", "=", run.id)])), count)
