from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.rural_base.models.step_mixin import CHATTER

from ..models.hr_payslip import SHOWN
from ..models.hr_salary_rule import FORMULAS
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

    def test_formulas_are_written_by_administrators_alone(self):
        """They are evaluated with live records: whoever writes one could take every step of everybody."""
        bonus, category = self.rules["BONUS"], self.rules["BONUS"].category_id
        own = {"name": "餐补", "code": "MEAL", "category_id": category.id, "amount_select": "fix", "amount_fix": 200}
        attack = "result = payslip.env['res.users'].sudo().search_count([])"
        formulas = {
            "amount_select": "percentage",
            "amount_python_compute": attack,
            "amount_percentage_base": attack,
            "quantity": attack,
            "condition_select": "python",
            "condition_python": attack,
            "condition_range": attack,
        }
        self.assertEqual(formulas.keys(), FORMULAS)
        Rule = self.env["hr.salary.rule"].with_user(self.payroll)
        for name, value in formulas.items():
            for attempt in (
                lambda vals={name: value}: bonus.with_user(self.payroll).write(vals),
                lambda vals={name: value}: Rule.create({**own, **vals}),
                lambda vals={name: value}: Rule.with_context(default_quantity=attack).create({**own, **vals}),
            ):
                with self.subTest(name=name), self.assertRaises(AccessError), self.cr.savepoint():
                    attempt()
        with self.assertRaises(AccessError), self.cr.savepoint():
            bonus.with_user(self.payroll).copy()
        self.assertEqual(Rule.create(own).amount_fix, 200)

    def test_ma28_amounts_that_have_been_paid_by_stay(self):
        vals = {"amount_select": "fix", "amount_fix": 200, "amount_python_compute": False}
        self.rules["BONUS"].write(vals)
        rule = self.rules["BONUS"].with_user(self.payroll)
        rule.amount_fix = 210
        self.closed({self.li: 140})
        with self.assertRaisesRegex(UserError, "Archive the"):
            rule.amount_fix = 99_999
        rule.name = "提成奖金"

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

    def test_ma28_nothing_of_a_confirmed_payslip_or_a_closed_batch_is_written(self):
        confirmed, closed = self.batch({self.wang: 140}, name="2023年5月补发"), self.closed({self.li: 140})
        confirmed.action_confirm_payslips()
        payslips = (confirmed.slip_ids | closed.slip_ids).with_user(self.payroll)
        for record in (*payslips, closed.with_user(self.payroll)):
            open_fields = record._always_writable if record == closed else SHOWN
            for name, field in sorted(record._fields.items()):
                if not field.store or name in ("id", *models.MAGIC_COLUMNS, *CHATTER, *open_fields):
                    continue
                value = field.convert_to_write(record.sudo()[name], record)
                # Out of the open batch a confirmed payslip may be taken, and confirming it twice changes nothing.
                if record == payslips[0] and name in ("payslip_run_id", "state"):
                    continue
                with self.subTest(record=record, name=name), self.assertRaises(UserError), self.cr.savepoint():
                    record.write({name: value})
                self.env.invalidate_all()

    def test_ma28_a_payslip_begins_as_a_draft_and_goes_from_step_to_step(self):
        slip = self.batch({self.li: 140}).slip_ids.with_user(self.payroll)
        begun = slip.copy_data()[0]
        for attempt in (
            lambda: slip.create({**begun, "state": "done"}),
            lambda: slip.with_context(default_state="done").create(begun),
            lambda: slip.create({**begun, "refunded_id": slip.id}),
            lambda: slip.write({"refunded_id": slip.id}),
            lambda: slip.copy({"line_ids": []}).write({"state": "done"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
            self.env.invalidate_all()
        slip.action_payslip_done()
        for state in ("draft", "verify"):
            with self.assertRaisesRegex(UserError, "is confirmed"):
                slip.write({"state": state})

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

    # ------------------------------------------------------------------
    # Makers of a batch (MA-28)
    # ------------------------------------------------------------------

    def assert_maker(self, run, maker):
        maker.group_ids += self.env.ref("account.group_account_user")
        self.assertFalse(run.with_user(maker).can_post)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.with_user(maker)._post()

    def test_ma28_who_edited_an_input_does_not_post(self):
        run, editor = self.batch({self.li: 140}), self._new_user("p_editor", "payroll.group_payroll_manager")
        run.slip_ids.input_line_ids.with_user(editor).write({"amount": 150})
        run.slip_ids.with_user(self.payroll).compute_sheet()
        run.action_confirm_payslips()
        run.close_payslip_run()
        self.assert_maker(run, editor)
        self.post(run)

    def test_ma28_who_edited_a_line_does_not_post(self):
        run, editor = self.batch({self.li: 140}), self._new_user("p_editor", "payroll.group_payroll_manager")
        run.slip_ids.line_ids.filtered(lambda line: line.code == "SI").with_user(editor).write({"note": "核对"})
        run.action_confirm_payslips()
        run.close_payslip_run()
        self.assert_maker(run, editor)

    def test_ma28_who_computed_confirmed_or_once_closed_does_not_post(self):
        steps = {
            "p_computed": lambda run: run.slip_ids.compute_sheet(),
            "p_confirmed": lambda run: run.action_confirm_payslips(),
            "p_closed": lambda run: run.close_payslip_run(),
            "p_opened": lambda run: run._open_again("漏了一张工资单"),
        }
        run = self.batch({self.li: 140})
        people = {login: self._new_user(login, "payroll.group_payroll_manager") for login in steps}
        for login, step in steps.items():
            step(run.with_user(people[login]))
        run.with_user(self.payroll).close_payslip_run()
        for person in people.values():
            with self.subTest(person=person.login):
                self.assert_maker(run, person)

    def test_ma28_nobody_takes_a_name_out_of_the_editors(self):
        run = self.batch({self.li: 140})
        for record in (run, run.slip_ids):
            with self.assertRaises(UserError):
                record.with_user(self.payroll).write({"editor_ids": [(5,)]})
        forged = run.with_user(self.payroll).with_context(default_state="posted").create({"name": "x"})
        self.assertEqual((forged.state, forged.sudo().editor_ids), ("draft", self.payroll))

    def test_nobody_else_reads_what_a_person_earns(self):
        """The items of the payroll's entry name nobody; payslips are payroll's and the accountants'."""
        run = self.closed({self.li: 140})
        items = self.post(run).line_ids
        billing = self._new_user("p_billing", "account.group_account_invoice")
        self.assertFalse(items.with_user(billing).partner_id)
        with self.assertRaises(AccessError):
            run.slip_ids.with_user(billing).read(["name"])
