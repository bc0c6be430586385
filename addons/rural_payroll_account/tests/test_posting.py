from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PayrollCase


@tagged("post_install", "-at_install")
class TestPosting(PayrollCase):
    def test_ma28_one_entry_for_each_batch(self):
        run = self.closed({self.li: 140, self.wang: -75})
        move = self.post(run)
        self.assertEqual((len(move), move.state, run.state), (1, "posted", "posted"))
        self.assertEqual(move.ref, run.name)
        self.assertEqual(self.balance("6601", run), 3000 + 140 + 4000.55 - 75)
        self.assertEqual(self.balance("2211", run), -(3000 + 140 + 4000.55 - 75))

    def test_ma28_an_item_for_each_account_says_nobodys_pay(self):
        run = self.closed({self.li: 140, self.wang: -75})
        items = self.post(run).line_ids
        self.assertEqual(len(items), 2)
        self.assertFalse(items.partner_id)
        texts = " ".join([*items.mapped("name"), run.move_id.ref])
        for person in self.li | self.wang:
            self.assertNotIn(person.name, texts)

    def test_ma28_a_batch_of_one_payslip_is_not_called_by_the_person(self):
        single = self.single(self.li, 140)
        single.action_payslip_done()
        run = self.env["hr.payslip.run"].browse(single.action_own_batch()["res_id"])
        move = self.post(run)
        self.assertNotIn("李小红", " ".join([move.ref, *move.line_ids.mapped("name")]))

    def test_ma28_what_an_employee_owes_is_the_employees_item(self):
        """Only where somebody owes the item names who: it is reconciled with what he or she pays."""
        owed = self.env["account.account"].create(
            {"code": "1221.E", "name": "其他应收款-员工", "account_type": "asset_receivable", "reconcile": True}
        )
        self.rules["SI"].account_credit_id = owed
        self.rules["SI"].account_debit_id = self._account("2211")
        items = self.post(self.closed({self.li: 140})).line_ids.filtered("partner_id")
        self.assertEqual((items.account_id, items.partner_id), (owed, self.li.work_contact_id))

    def test_ma28_a_locked_day_moves_the_entry_and_the_batch_says_so(self):
        self.company.fiscalyear_lock_date = "2023-06-30"
        run = self.closed({self.li: 140})
        move = self.post(run)
        self.assertGreater(str(move.date), "2023-06-30")
        self.assertEqual(run.date, move.date)

    def test_ma28_from_entry_to_payslip_and_back(self):
        run = self.closed({self.li: 25})
        move = self.post(run)
        self.assertEqual(self.env["hr.payslip"].search(move.action_view_rural_payslips()["domain"]), run.slip_ids)
        items = self.env["account.move.line"].search(run.slip_ids.action_view_rural_payroll_items()["domain"])
        self.assertEqual(items, move.line_ids)

    def test_ma28_a_payslip_outside_batches_is_posted_by_a_batch_of_its_own(self):
        single = self.single(self.li, 140)
        with self.assertRaisesRegex(UserError, "confirmed payslip"):
            single.action_own_batch()
        single.action_payslip_done()
        self.assertFalse(single.move_id)
        run = self.env["hr.payslip.run"].browse(single.action_own_batch()["res_id"])
        self.assertEqual((run.state, run.slip_ids, run.closed_by_id), ("close", single, self.payroll))
        self.assertFalse(run.credit_note)
        with self.assertRaisesRegex(UserError, "Somebody else|accountant"):
            self.payroll.group_ids += self.env.ref("account.group_account_user")
            run.with_user(self.payroll)._post()
        self.post(run)
        self.assertEqual(self.balance("6601", run), 3140)
        self.assertEqual(single.move_id.state, "posted")
        with self.assertRaisesRegex(UserError, "batch of its own"):
            single.action_own_batch()

    def test_ma28_a_refund_comes_outside_batches_and_is_posted_likewise(self):
        self.post(self.closed({self.li: 140}))
        slip = self.env["hr.payslip"].search([("employee_id", "=", self.li.id)])
        refund = self.env["hr.payslip"].search(slip.with_user(self.payroll).refund_sheet()["domain"])
        self.assertFalse(refund.payslip_run_id)
        self.single(self.wang, 0).action_payslip_done()
        alone = self.env["hr.payslip"].with_user(self.payroll).search([("payslip_run_id", "=", False)])
        run = self.env["hr.payslip.run"].browse(alone.action_own_batch()["res_id"])
        self.assertEqual(run.slip_ids, alone)
        self.assertEqual(len(alone), 2)
        self.post(run)
        self.assertEqual(self.balance("6601", run), 860.55)

    def test_who_only_reads_payslips_gives_them_no_batch(self):
        single = self.single(self.li, 140)
        single.action_payslip_done()
        with self.assertRaises(AccessError):
            single.with_user(self.accountant).action_own_batch()

    def single(self, employee, bonus):
        """A computed payslip outside any batch."""
        run = self.batch({employee: bonus})
        payslip = run.slip_ids
        payslip.payslip_run_id = False
        return payslip

    def test_negative_amount_goes_the_other_way_round(self):
        self.rules["BASIC"].account_debit_id = self._account("6602")
        self.rules["BASIC"].account_credit_id = self._account("2202")
        self.rules["SI"].amount_python_compute = "result = 0"
        run = self.closed({self.li: -75})
        items = self.post(run).line_ids.grouped("account_id")
        self.assertEqual((items[self._account("2211")].debit, items[self._account("6601")].credit), (75, 75))

    def test_credit_note_takes_back_a_payslip(self):
        run = self.closed({self.li: 140}, credit_note=True)
        self.post(run)
        self.assertEqual(self.balance("6601", run), -3140)

    def test_maker_is_not_poster(self):
        run = self.closed({self.li: 140})
        self.payroll.group_ids += self.env.ref("account.group_account_user")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            run.with_user(self.payroll)._post()

    def test_unconfirmed_payslips_do_not_close(self):
        run = self.batch({self.li: 140})
        with self.assertRaisesRegex(UserError, "李小红|confirmed"):
            run.close_payslip_run()

    def test_rule_without_accounts_is_named(self):
        self.rules["BONUS"].write({"account_debit_id": False, "account_credit_id": False})
        run = self.closed({self.li: 140})
        with self.assertRaisesRegex(UserError, "提成"):
            self.post(run)
        self.assertEqual(run.state, "close")

    def test_one_sided_rule_is_named(self):
        self.rules["BONUS"].account_credit_id = False
        run = self.closed({self.li: 140})
        with self.assertRaisesRegex(UserError, "140.*提成"):
            self.post(run)

    def test_ma28_what_is_posted_is_the_net_pay(self):
        """Lines changed before confirming without another computation neither close nor post."""
        run = self.batch({self.li: 140})
        slip = run.slip_ids
        slip.line_ids.filtered(lambda line: line.code == "BONUS").amount = 9999
        slip.with_context(without_compute_sheet=True).action_payslip_done()
        with self.assertRaisesRegex(UserError, "2,900.00.*12,759.00"):
            run.close_payslip_run()
        run.sudo().state = "close"
        with self.assertRaisesRegex(UserError, "12,759.00"):
            self.post(run)

    def test_ma28_each_line_is_rounded_once(self):
        self.rules["SI"].amount_python_compute = "result = 10.004"
        self.rules["BONUS"].amount_python_compute = "result = 20.004"
        run = self.closed({self.li: 0})
        self.assertEqual(run.slip_ids.get_salary_line_total("NET"), 3030)
        self.assertEqual(self.post(run).state, "posted")

    def test_ma28_what_the_company_pays_beside_the_wage_is_not_in_the_net_pay(self):
        self._new_rule("SI_COMPANY", "单位社保", 30, "COMP", "result = 480", ("6601", "2211"))
        run = self.closed({self.li: 140})
        self.post(run)
        self.assertEqual((run.net_amount, self.balance("6601", run)), (2900, 3620))

    def test_ma28_a_refund_is_named_after_its_payslip(self):
        slip = self.closed({self.li: 140}).slip_ids
        action = slip.refund_sheet()
        self.assertEqual((action["name"], slip.refunded_id.name), ("Refunds", f"Refund: {slip.name}"))

    def test_ma28_only_a_confirmed_payslip_is_refunded_and_only_once(self):
        slip = self.batch({self.li: 140}).slip_ids
        with self.assertRaisesRegex(UserError, "cannot be refunded"):
            slip.refund_sheet()
        slip.action_payslip_done()
        slip.refund_sheet()
        for payslip in (slip, slip.refunded_id):
            with self.assertRaisesRegex(UserError, "cannot be refunded"):
                payslip.refund_sheet()

    def test_cancelling_reverses(self):
        run = self.closed({self.li: 140})
        move = self.post(run)
        run.with_user(self.accountant)._cancel("提成算错", "2023-06-02")
        self.assertEqual((run.state, self.balance("6601", run), self.balance("2211", run)), ("close", 0, 0))
        self.assertEqual(move.reversal_move_ids.state, "posted")
        run._open_again("提成算错")
        run.close_payslip_run()
        self.post(run)
        self.assertEqual(self.balance("6601", run), 3140)

    def test_a_closed_batch_is_opened_again_with_a_reason_that_is_kept(self):
        run = self.closed({self.li: 140})
        closed_by = run.closed_by_id
        step = run.draft_payslip_run()
        self.assertEqual((run.state, step["res_model"]), ("close", "rural.step.reason"))
        with self.assertRaisesRegex(UserError, "Say why"):
            run._open_again(" ")
        other = self._new_user("p_opener", "payroll.group_payroll_manager")
        wizard = self.env[step["res_model"]].with_user(other).with_context(**step["context"])
        wizard.create({"reason": "漏了一张工资单"}).action_apply()
        self.assertEqual(run.state, "draft")
        self.assertIn("漏了一张工资单", run.message_ids[0].body)
        self.assertLessEqual(closed_by | other, run.maker_ids)

    def test_posted_only_once(self):
        run = self.closed({self.li: 140})
        self.post(run)
        with self.assertRaises(UserError):
            self.post(run)

    def test_entry_cannot_be_undone_in_accounting(self):
        move = self.post(self.closed({self.li: 140})).with_user(self.accountant)
        for undo in (move.button_draft, move._reverse_moves):
            with self.subTest(undo=undo), self.assertRaisesRegex(UserError, "Cancel the entry there"):
                undo()

    def test_wizards(self):
        run = self.closed({self.li: 140}).with_user(self.accountant)
        action = run.action_post_selected()
        self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]).create(
            {}
        ).action_post()
        self.assertEqual((run.state, str(run.date)), ("posted", "2023-05-31"))
        action = run.action_cancel()
        self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]).create(
            {"day": "2023-05-31", "reason": "重算"}
        ).action_apply()
        self.assertEqual(run.state, "close")

    # ------------------------------------------------------------------
    # The base, parts of a month, and what is carried on (MA-28)
    # ------------------------------------------------------------------

    def base(self):
        """Let the wage be a base by working days, and carry what cannot be deducted."""
        basic, net = self.rules["BASIC"], self.rules["NET"]
        basic.write({"is_base": True, "amount_python_compute": 'result = payslip._period_pay("wage", contract)'})
        gross = "categories.BASIC + categories.ALW + categories.DED + categories.CARRY"
        for code, sequence, condition, amount in (
            ("CARRY_IN", 180, "payslip._carried_over() > 0", "-payslip._carried_over()"),
            ("CARRY_OUT", 190, f"{gross} < 0", f"-({gross})"),
        ):
            rule = self._new_rule(code, code, sequence, "CARRY", f"result = {amount}", ("1221", "2211"))
            rule.write({"condition_select": "python", "condition_python": f"result = {condition}"})
        net.amount_python_compute = f"result = {gross}"

    def codes(self, run):
        return {line.code: line.total for line in run.slip_ids.line_ids}

    def test_ma28_a_base_is_paid_once_in_whatever_batch(self):
        self.base()
        first, second = self.batch({self.li: 140}), self.batch({self.li: 60}, name="2023年5月提成")
        self.assertEqual((self.codes(first)["BASIC"], self.codes(second).get("BASIC")), (3000, None))
        first.slip_ids.compute_sheet()
        self.assertEqual(self.codes(first)["BASIC"], 3000)

    def test_ma28_a_batch_of_bonuses_carries_no_base(self):
        self.base()
        bonuses = self.batch({self.li: 60}, name="2023年5月提成", bonus_only=True)
        self.assertEqual(self.codes(bonuses), {"BONUS": 60, "SI": -240, "CARRY_OUT": 180, "NET": 0})
        self.assertNotIn("BASIC", self.codes(bonuses))
        self.assertEqual(self.codes(self.batch({self.li: 0}))["BASIC"], 3000)

    def test_ma28_the_same_wage_month_in_two_batches_is_refused(self):
        self.base()
        first, second = self.batch({self.li: 140}), self.batch({self.li: 60}, name="2023年5月补发")
        second.slip_ids.line_ids.create(
            {
                "slip_id": second.slip_ids.id, "salary_rule_id": self.rules["BASIC"].id, "name": "基本工资",
                "code": "BASIC", "category_id": self.rules["BASIC"].category_id.id, "amount": 3000,
            }
        )  # fmt: skip
        second.slip_ids.line_ids.filtered(lambda line: line.code == "NET").amount += 3000
        for run in (first, second):
            run.slip_ids.with_context(without_compute_sheet=True).action_payslip_done()
        with self.assertRaisesRegex(UserError, "2023年5月工资 pays already"):
            second.close_payslip_run()

    def test_ma28_a_refunded_base_can_be_paid_again(self):
        self.base()
        run = self.closed({self.li: 140})
        run.slip_ids.refund_sheet()
        self.assertEqual(self.codes(self.batch({self.li: 140}, name="2023年5月重发"))["BASIC"], 3000)

    def test_ma28_part_of_a_month_by_its_working_days(self):
        """May 2023 had 21 working days; 王建国 came on the 22nd, when eight of them were left."""
        self.base()
        self.wang.version_id.contract_date_start = "2023-05-22"
        self.assertEqual(self.codes(self.batch({self.wang: 0}))["BASIC"], 1524.02)

    def test_ma28_each_version_of_a_contract_is_rounded_by_itself(self):
        self.base()
        self.li.create_version({"date_version": "2023-05-22", "wage": 3650})
        self.assertEqual(self.codes(self.batch({self.li: 0}))["BASIC"], 3247.62)

    def test_ma28_a_negative_net_is_not_closed(self):
        run = self.batch({self.li: -5000})
        run.action_confirm_payslips()
        with self.assertRaisesRegex(UserError, "2,240.00.*CARRY_OUT"):
            run.close_payslip_run()

    def test_ma28_what_is_too_much_is_carried_to_the_next_payslip(self):
        self.base()
        run = self.closed({self.li: -5000})
        self.assertEqual((run.net_amount, run.slip_ids.carried_amount), (0, 2240))
        self.post(run)
        self.assertEqual(self.balance("1221", run), 2240)
        june = self.june({self.li: 0})
        self.assertEqual((self.codes(june)["CARRY_IN"], self.codes(june)["NET"]), (-2240, 520))
        again = self.june({self.li: 0})
        self.assertNotIn("CARRY_IN", self.codes(again))

    def june(self, bonuses):
        run = self.batch(bonuses, name="2023年6月工资")
        run.slip_ids.write({"date_from": "2023-06-01", "date_to": "2023-06-30"})
        run.slip_ids.compute_sheet()
        return run

    # ------------------------------------------------------------------
    # What the screens of payslips offer
    # ------------------------------------------------------------------

    def test_ma28_confirming_is_offered_while_a_payslip_waits_for_it(self):
        run = self.batch({self.li: 100})
        self.assertTrue(run.has_unconfirmed)
        run.action_confirm_payslips()
        self.assertFalse(run.has_unconfirmed)

    def test_ma28_steps_of_several_payslips_name_those_that_stay(self):
        run = self.batch({self.li: 100})
        run.action_confirm_payslips()
        slip = run.slip_ids
        steps = self.env["hr.payslip.change.state"].with_user(self.payroll).with_context(active_ids=slip.ids)
        for state in ("draft", "verify", "done", "cancel"):
            with self.assertRaisesRegex(UserError, "Nothing was changed.*李小红"):
                steps.create({"state": state}).change_state_confirm()
        with self.assertRaisesRegex(UserError, "is confirmed and stays as it is"):
            slip.unlink()
        self.assertEqual(slip.state, "done")
        open_slip = self.batch({self.wang: 100}).slip_ids
        with self.assertRaisesRegex(UserError, "is computed. Set it back"):
            open_slip.unlink()
        steps.with_context(active_ids=open_slip.ids).create({"state": "cancel"}).change_state_confirm()
        self.assertEqual(open_slip.state, "cancel")

    def test_ma28_worked_days_are_shown_only_where_a_rule_pays_by_them(self):
        slip = self.batch({self.li: 100}).slip_ids
        self.assertFalse(slip.reads_worked_days)
        self.rules["BONUS"].write(
            {"condition_python": "# worked_days: the days\nresult = True", "condition_select": "python"}
        )
        slip.invalidate_recordset()
        self.assertFalse(slip.reads_worked_days)
        self.rules["BONUS"].condition_python = "result = worked_days.WORK100.number_of_days > 3"
        slip.invalidate_recordset()
        self.assertTrue(slip.reads_worked_days)

    def test_ma28_actions_of_payslips_open_what_they_say(self):
        bound = self.env["ir.actions.act_window"].search([("binding_model_id.model", "=", "hr.payslip")])
        self.assertFalse(bound.filtered(lambda action: "register_id" in (action.domain or "")))
        steps = bound.filtered(lambda action: action.res_model == "hr.payslip.change.state")
        self.assertEqual(steps.mapped("binding_view_types"), ["list"])
