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

    def test_ma28_an_item_for_each_person_and_account(self):
        run = self.closed({self.li: 140, self.wang: -75})
        items = self.post(run).line_ids
        self.assertEqual(len(items), 4)
        self.assertEqual(items.partner_id, (self.li | self.wang).work_contact_id)
        expense = items.filtered(lambda item: item.partner_id == self.li.work_contact_id and item.balance > 0)
        self.assertEqual(expense.balance, 3140)
        self.assertEqual(expense.rural_payslip_id, run.slip_ids.filtered(lambda slip: slip.employee_id == self.li))

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
        rule = self.rules["BASIC"]
        rule.amount_python_compute = "result = 0"
        self.rules["SI"].amount_python_compute = "result = 0"
        run = self.closed({self.li: -75})
        move = self.post(run)
        self.assertEqual(move.line_ids.filtered("debit").account_id, self._account("2211"))
        self.assertEqual(move.line_ids.filtered("credit").account_id, self._account("6601"))

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
        self.assertEqual((action["name"], slip.refunded_id.name), ("Refunds", f"Refund of {slip.name}"))

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
        run.with_user(self.accountant)._cancel("2023-06-02", "提成算错")
        self.assertEqual((run.state, self.balance("6601", run), self.balance("2211", run)), ("close", 0, 0))
        self.assertEqual(move.reversal_move_ids.state, "posted")
        run.draft_payslip_run()
        run.close_payslip_run()
        self.post(run)
        self.assertEqual(self.balance("6601", run), 3140)

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
        action = run.action_cancel_selected()
        self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]).create(
            {"date": "2023-05-31", "reason": "重算"}
        ).action_cancel()
        self.assertEqual(run.state, "close")
