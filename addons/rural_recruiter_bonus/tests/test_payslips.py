from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import APRIL, MAY, BonusCase


@tagged("post_install", "-at_install")
class TestPayslips(BonusCase):
    WARNED = {"BASIC": "rule_base", "MA41": "rule_penalty"}

    def setUp(self):
        super().setUp()
        self.li.version_id.write({"rural_subsidy": 200, "rural_post_allowance": 100})
        self.sold = self.merchant(self.li, "1", "2023-01-10", m4=100, m5=100, m6=45300)

    def batch(self, month=7):
        return (
            self.env["hr.payslip.run"]
            .with_user(self.payroll)
            .create(
                {
                    "name": f"2023年{month}月工资",
                    "date_start": f"2023-{month:02d}-01",
                    "date_end": f"2023-{month:02d}-28",
                }
            )
        )

    def slip(self, batch, employee):
        return batch.slip_ids.filtered(lambda slip: slip.employee_id == employee)

    def test_ma28_quarter_and_month_to_a_posted_payslip(self):
        month, quarter = self.approve(self.run_of("month", MAY)), self.approve(self.run_of("quarter", APRIL))
        batch = self.batch()
        for run in (month, quarter):
            run._put_in_payslips(batch)
        slip = self.slip(batch, self.li)
        self.assertEqual(
            {entry.code: entry.amount for entry in slip.input_line_ids if entry.amount}, {"MA22": -300, "MA24": 910}
        )
        found = {line.code: line.total for line in slip.line_ids}
        self.assertEqual(found, {"BASIC": 3000, "SUBSIDY": 200, "POST": 100, "MA22": -300, "MA24": 910, "NET": 3910})
        batch.action_confirm_payslips()
        batch.close_payslip_run()
        move = batch.with_user(self.accountant)._post()
        self.assertEqual(sum(move.line_ids.mapped("credit")), 3910 + 2700)
        self.assertEqual(
            slip.rural_bonus_line_ids, (month | quarter).line_ids.filtered(lambda line: line.employee_id == self.li)
        )
        self.assertEqual((month.state, quarter.state), ("in_payslips", "in_payslips"))

    def test_ma28_one_input_a_clause_even_with_corrections(self):
        self.approve(self.run_of("month", MAY))
        self.follow_up(self.sold, "complaint", "2023-05-20")
        june = self.approve(self.run_of("month", "2023-06-01"))
        batch = self.batch()
        june._put_in_payslips(batch)
        entries = self.slip(batch, self.li).input_line_ids.filtered(lambda entry: entry.code == "MA22")
        self.assertEqual(entries.mapped("amount"), [-325])
        lines = self.slip(batch, self.li).line_ids.filtered(lambda line: line.code == "MA22")
        self.assertEqual(
            [(f"{line.period:%Y-%m}", line.total, line.name[-7:]) for line in lines.sorted("period")],
            [("2023-05", -25, "2023-05"), ("2023-06", -300, "2023-06")],
        )

    def test_ma28_inputs_say_what_the_lines_say(self):
        month = self.approve(self.run_of("month", MAY))
        batch = self.batch()
        month._put_in_payslips(batch)
        slip = self.slip(batch, self.li)
        slip.input_line_ids.filtered(lambda entry: entry.code == "MA22").amount = 9999
        slip.compute_sheet()
        self.assertEqual(slip.get_salary_line_total("MA22"), -300)

    def test_ma28_never_into_two_payslips(self):
        month = self.approve(self.run_of("month", MAY))
        month._put_in_payslips(self.batch())
        with self.assertRaises(UserError):
            month._put_in_payslips(self.batch(8))

    def test_ma28_out_again_while_the_batch_is_open(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        month.action_take_out_of_payslips()
        self.assertEqual((month.state, self.slip(batch, self.li).get_salary_line_total("NET")), ("approved", 3300))
        month._put_in_payslips(batch)
        batch.action_confirm_payslips()
        batch.close_payslip_run()
        with self.assertRaises(UserError):
            month.action_take_out_of_payslips()

    def test_ma28_deleted_payslip_gives_its_lines_back(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        self.slip(batch, self.li).with_user(self.payroll).action_payslip_cancel()
        self.assertEqual(month.state, "approved")

    def test_ma28_who_has_no_contract_is_left_out_and_named(self):
        self.li.version_id.contract_date_end = "2023-06-30"
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        wizard = self.env["rural.bonus.to.payslips"].with_user(self.payroll)
        action = wizard.create({"run_ids": month.ids, "batch_id": batch.id}).action_put()
        self.assertEqual((action["params"]["type"], action["params"]["next"]["res_id"]), ("warning", batch.id))
        self.assertIn("李小红", action["params"]["message"])
        self.assertIn("李小红", month.message_ids[0].body)
        self.assertEqual((month.state, month.payslip_count, month.payable_count), ("approved", 1, 1))
        open_lines = self.env["rural.bonus.line"].search(month.action_view_payable_lines()["domain"])
        self.assertEqual((open_lines.employee_id, self.slip(batch, self.wang).state), (self.li, "verify"))

    def test_ma28_a_final_payslip_takes_what_was_left_out(self):
        self.li.version_id.contract_date_end = "2023-06-30"
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        structure = self.env["hr.payroll.structure"]._rural_bonus_structure(self.company)
        final = (
            self.env["hr.payslip"]
            .with_user(self.payroll)
            .create(
                {
                    "employee_id": self.li.id,
                    "contract_id": self.li.version_id.id,
                    "struct_id": structure.id,
                    "payslip_run_id": batch.id,
                    "date_from": "2023-06-01",
                    "date_to": "2023-06-30",
                }
            )
        )
        month._put_in_payslips(batch)
        self.assertEqual((month.state, final.get_salary_line_total("MA22")), ("in_payslips", -300))

    def test_ma28_what_was_put_in_comes_out_again_though_some_was_left_out(self):
        self.li.version_id.contract_date_end = "2023-06-30"
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        month.action_take_out_of_payslips()
        self.assertEqual((month.state, month.payslip_count), ("approved", 0))
        self.assertEqual(self.slip(batch, self.wang).get_salary_line_total("NET"), 3000)

    def test_ma28_a_batch_of_another_company_takes_nothing(self):
        month, other = self.approve(self.run_of("month", MAY)), self._new_company("另一家运营商")
        self.payroll.company_ids += other
        both = self.payroll.company_ids.ids
        batch = self.batch().with_context(allowed_company_ids=both).copy({"company_id": other.id})
        with self.assertRaisesRegex(UserError, "same company"):
            month.with_context(allowed_company_ids=both)._put_in_payslips(batch)

    def test_ma28_a_structure_without_the_rules_is_refused(self):
        """A payslip that is in the batch already may have another structure, which would lose the bonus."""
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        rules = self.env.ref("rural_recruiter_bonus.rule_base") + self.env.ref("rural_recruiter_bonus.rule_net")
        bare = self.env["hr.payroll.structure"].create(
            {"name": "办公室工资", "code": "OFFICE", "parent_id": False, "rule_ids": [(6, 0, rules.ids)]}
        )
        self.env["hr.payslip"].create(
            {
                "employee_id": self.li.id,
                "contract_id": self.li.version_id.id,
                "struct_id": bare.id,
                "payslip_run_id": batch.id,
                "date_from": batch.date_start,
                "date_to": batch.date_end,
            }
        )
        with self.assertRaisesRegex(UserError, "李小红.*MA-22.*0.00 instead of -300.00.*办公室工资"):
            month._put_in_payslips(batch)

    def test_ma28_nothing_is_posted_that_was_not_approved(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        slip = self.slip(batch, self.li)
        for line in slip.line_ids.filtered(lambda line: line.code in ("MA22", "NET")):
            line.amount += 500
        batch.slip_ids.with_context(without_compute_sheet=True).action_payslip_done()
        with self.assertRaisesRegex(UserError, "李小红.*200.00 instead of -300.00"):
            batch.close_payslip_run()

    def test_ma28_an_input_by_hand_without_a_bonus_line_does_not_stay(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        slip = self.slip(batch, self.li)
        month.action_take_out_of_payslips()
        entry = {"payslip_id": slip.id, "name": "奖金", "code": "MA24", "amount": 9999}
        slip.input_line_ids.create({**entry, "contract_id": slip.contract_id.id})
        slip.compute_sheet()
        self.assertEqual(slip.get_salary_line_total("NET"), 3300)

    def test_ma28_a_refund_gives_the_lines_back_and_takes_the_same_amounts(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        batch.action_confirm_payslips()
        batch.close_payslip_run()
        batch.with_user(self.accountant)._post()
        slip = self.slip(batch, self.li).with_user(self.payroll)
        slip.refund_sheet()
        self.assertEqual((month.state, slip.refunded_id.get_salary_line_total("MA22")), ("approved", -300))
        refund = self.env["hr.payslip.run"].browse(slip.refunded_id.action_own_batch()["res_id"])
        refund.with_user(self.accountant)._post()
        again = self.batch(8)
        month._put_in_payslips(again)
        self.assertEqual((month.state, again.slip_ids.employee_id), ("in_payslips", self.li))
        self.assertEqual(again.slip_ids.get_salary_line_total("MA22"), -300)

    def test_ma28_what_was_refunded_before_it_was_posted_is_posted_with_its_refund(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        batch.action_confirm_payslips()
        slip = self.slip(batch, self.li).with_user(self.payroll)
        slip.refund_sheet()
        slip.refunded_id.payslip_run_id = batch
        batch.close_payslip_run()
        move = batch.with_user(self.accountant)._post()
        self.assertEqual(sum(move.line_ids.mapped("debit")), 2700)
        self.assertEqual(batch.net_amount, 2700)

    # ------------------------------------------------------------------
    # The base, parts of a month, and what is carried on (MA-28)
    # ------------------------------------------------------------------

    def totals(self, batch, employee):
        return {line.code: line.total for line in self.slip(batch, employee).line_ids}

    def test_ma28_a_bonus_alone_is_a_payslip_without_a_base(self):
        month, quarter = self.approve(self.run_of("month", MAY)), self.approve(self.run_of("quarter", APRIL))
        wages, bonuses = self.batch(), self.batch()
        month._put_in_payslips(wages)
        quarter._put_in_payslips(bonuses)
        self.assertEqual(self.totals(wages, self.li)["BASIC"], 3000)
        self.assertEqual(self.totals(bonuses, self.li), {"MA24": 910, "NET": 910})

    def test_ma28_allowances_of_a_part_of_a_month_by_its_working_days(self):
        """July 2023 up to the 28th had 20 working days, of which 15 were left on the 10th."""
        self.li.version_id.contract_date_start = "2023-07-10"
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        totals = self.totals(batch, self.li)
        self.assertEqual([totals[code] for code in ("BASIC", "SUBSIDY", "POST")], [2250, 150, 75])

    def test_ma28_what_cannot_be_deducted_is_carried_and_owed(self):
        self.li.version_id.write({"wage": 0, "rural_subsidy": 0, "rural_post_allowance": 0})
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        month._put_in_payslips(batch)
        self.assertEqual(self.totals(batch, self.li)["CARRY_OUT"], 300)
        self.assertEqual(self.totals(batch, self.li)["NET"], 0)
        batch.action_confirm_payslips()
        batch.close_payslip_run()
        move = batch.with_user(self.accountant)._post()
        self.assertEqual(sum(move.line_ids.mapped("balance")), 0)
        self.assertEqual(
            sum(move.line_ids.filtered(lambda item: item.account_id.code.startswith("1221")).mapped("debit")), 300
        )

    def test_ma28_who_made_the_bonuses_does_not_post_them(self):
        month, batch = self.approve(self.run_of("month", MAY)), self.batch()
        other = self._new_user("b_payroll2", "payroll.group_payroll_manager")
        month.with_user(other)._put_in_payslips(batch.with_user(other))
        batch.action_confirm_payslips()
        batch.close_payslip_run()
        self.assertLessEqual(self.payroll | self.head | self.gm | other, batch.sudo().maker_ids)
        for maker in (self.head, self.gm, other):
            maker.group_ids += self.env.ref("account.group_account_user")
            with self.assertRaisesRegex(UserError, "Somebody else"):
                batch.with_user(maker)._post()

    def test_ma28_compensations_above_a_fifth_of_the_wage_are_warned_of(self):
        slip = self.env["hr.payslip"].create(
            {
                "name": "试算",
                "employee_id": self.li.id,
                "contract_id": self.li.version_id.id,
                "company_id": self.company.id,
                "date_from": "2023-07-01",
                "date_to": "2023-07-31",
            }
        )
        rules = {code: self.env.ref(f"rural_recruiter_bonus.{name}") for code, name in self.WARNED.items()}
        for code, amount in (("BASIC", 500), ("MA41", -100)):
            rule = rules[code]
            slip.line_ids.create(
                {
                    "slip_id": slip.id, "salary_rule_id": rule.id, "name": rule.name, "code": code,
                    "category_id": rule.category_id.id, "amount": amount,
                }
            )  # fmt: skip
        self.assertFalse(slip.compensation_warning)
        slip.line_ids.filtered(lambda line: line.code == "MA41").amount = -100.01
        self.assertIn("100.01", slip.compensation_warning)
        self.assertIn("20%", slip.compensation_warning)

    def test_ma28_without_an_open_batch_a_new_one_is_opened_first(self):
        run = self.approve(self.run_of("month", MAY))
        batches = self.env["hr.payslip.run"]
        batches.search([("state", "=", "draft"), ("company_id", "=", self.company.id)]).sudo().unlink()
        action = run.with_user(self.payroll).action_put_in_payslips()
        self.assertIn("No payslip batch is open", action["params"]["message"])
        following = action["params"]["next"]
        self.assertEqual((following["res_model"], following["views"]), ("hr.payslip.run", [(False, "form")]))
        values = {name.removeprefix("default_"): value for name, value in following["context"].items()}
        self.assertEqual((values["date_start"], values["date_end"]), ("2023-05-01", "2023-05-31"))
        batches.with_user(self.payroll).create(values)
        self.assertEqual(run.with_user(self.payroll).action_put_in_payslips()["res_model"], "rural.bonus.to.payslips")
