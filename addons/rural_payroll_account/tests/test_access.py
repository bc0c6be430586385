from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PayrollCase


@tagged("post_install", "-at_install")
class TestAccess(PayrollCase):
    def test_payroll_does_not_post(self):
        run = self.closed({self.li: 140})
        with self.assertRaises(AccessError):
            run._post()

    def test_accountant_does_not_close(self):
        run = self.batch({self.li: 140})
        with self.assertRaises(AccessError):
            run.with_user(self.accountant).close_payslip_run()

    def test_steps_are_taken_by_buttons_only(self):
        run = self.closed({self.li: 140})
        for values in ({"state": "draft"}, {"state": "posted"}, {"closed_by_id": self.accountant.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                run.write(values)
        with self.assertRaises(UserError):
            run.create({"name": "x", "state": "posted"})

    def test_payslips_of_a_closed_batch_stay_as_they_are(self):
        run = self.closed({self.li: 140})
        slip = run.slip_ids.with_user(self.payroll)
        attempts = [
            lambda: slip.compute_sheet(),
            lambda: slip.write({"state": "draft"}),
            lambda: slip.line_ids[0].write({"amount": 9999}),
            lambda: slip.line_ids.unlink(),
            lambda: slip.input_line_ids.write({"amount": 9999}),
            lambda: slip.copy({"payslip_run_id": run.id}),
            lambda: run.with_user(self.payroll).unlink(),
        ]
        for attempt in attempts:
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()

    def test_ma28_a_confirmed_payslip_stays_as_it_is(self):
        run = self.batch({self.li: 140})
        run.action_confirm_payslips()
        slip = run.slip_ids.with_user(self.payroll)
        attempts = [
            lambda: slip.compute_sheet(),
            lambda: slip.line_ids[0].write({"amount": 9999}),
            lambda: slip.line_ids[0].copy({"slip_id": slip.id}),
            lambda: slip.line_ids.unlink(),
            lambda: slip.write({"input_line_ids": [(2, slip.input_line_ids.id)]}),
            lambda: slip.input_line_ids.write({"amount": 9999}),
            lambda: slip.worked_days_line_ids.create(
                {"payslip_id": slip.id, "name": "补", "code": "X", "contract_id": slip.contract_id.id}
            ),
            lambda: slip.write({"credit_note": True}),
        ]
        for attempt in attempts:
            with self.assertRaisesRegex(UserError, "is confirmed"), self.cr.savepoint():
                attempt()
        self.assertEqual(slip.get_salary_line_total("NET"), 2900)

    def test_other_company_sees_nothing(self):
        run = self.closed({self.li: 140})
        other = self._new_company("另一家运营商")
        stranger = self._new_user("p_stranger", "payroll.group_payroll_manager,account.group_account_user", other)
        for model in ("hr.payslip.run", "hr.payslip.line", "hr.payslip.input"):
            records = self.env[model].with_user(stranger).with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.search([]), model)
        with self.assertRaises(AccessError):
            run.with_user(stranger).with_context(allowed_company_ids=other.ids)._post()

    def test_accountant_reads_what_is_posted(self):
        run = self.closed({self.li: 140}).with_user(self.accountant)
        run.invalidate_recordset()
        self.assertEqual(run.web_read({"net_amount": {}})[0]["net_amount"], 2900)
        slip = run.slip_ids
        slip.invalidate_recordset()
        shown = {"contract_id": {"fields": {"display_name": {}}}, "line_ids": {"fields": {"total": {}}}, "name": {}}
        self.assertEqual(len(slip.web_read(shown)[0]["line_ids"]), 4)

    def test_ordinary_user_sees_no_salaries(self):
        run = self.closed({self.li: 140})
        somebody = self._new_user("p_somebody", "rural_base.group_operations")
        with self.assertRaises(AccessError):
            run.slip_ids.with_user(somebody).read(["name"])
