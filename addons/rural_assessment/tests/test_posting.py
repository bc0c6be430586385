from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from .common import AssessmentCase


class TestPosting(AssessmentCase):
    """SC-14 for rewards: centers credited, suppliers debited, the clearing account at zero."""

    def setUp(self):
        super().setUp()
        self._load_year()
        self._agree(self.tongcheng, target_market_revenue=700, target_region_turnover=1000, target_purchasers=2)

    def test_sc14_payables_are_receivables_are_rewards(self):
        assessment = self.posted()
        # Lichuan 20.20 + 6.00, Tongcheng 700.00 × 2%.
        self.assertEqual(assessment.total, 40.20)
        self.assertEqual(self.balance("liability_payable"), -40.20)
        self.assertEqual(self.balance("asset_receivable"), 40.20)
        clearing = self.company.rural_fee_clearing_account_id
        self.assertEqual((self.balance(account=clearing), assessment.clearing_balance), (0.00, 0.00))
        lines = assessment.move_ids.line_ids.filtered(lambda line: line.account_id == clearing)
        self.assertTrue(all(lines.mapped("reconciled")))

    def test_sc14_entry_for_each_center_and_one_for_the_suppliers(self):
        assessment = self.posted()
        self.assertEqual(len(assessment.move_ids), 3)
        self.assertEqual(set(assessment.move_ids.mapped("state")), {"posted"})
        self.assertEqual(set(assessment.move_ids.mapped("date")), {date(2022, 12, 31)})
        shared = assessment.move_ids.filtered(lambda move: not move.rural_assessment_line_id)
        by_supplier = {line.partner_id.supplier_code: line.debit for line in shared.line_ids if line.partner_id}
        self.assertEqual(by_supplier, {"TGYS1": 34.20, "TGYS2": 6.00})
        own = self.result(assessment).move_id.line_ids
        payable = own.filtered(lambda line: line.account_type == "liability_payable")
        self.assertEqual((payable.partner_id, payable.credit), (self.lichuan.partner_id, 26.20))

    def test_sc14_fees_and_rewards_are_posted_apart_through_one_account(self):
        statements = self.statements()
        self.assertFalse(statements.posting_id)
        assessment = self.posted()
        self.post(self.statements().filtered(lambda statement: statement.state == "confirmed"))
        postings = self.statements().posting_id
        self.assertEqual(set(postings.mapped("clearing_balance")), {0.00})
        self.assertEqual(assessment.clearing_balance, 0.00)
        self.assertEqual(postings.clearing_account_id, assessment.clearing_account_id)
        self.assertFalse(assessment.move_ids & postings.move_ids)

    def test_sc14_difference_stops_the_posting(self):
        self._close_year()
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids)
        self.review(assessment)
        wrong = {self.apples.supplier_id: 40.19}
        with (
            patch.object(type(self.env["rural.reward.line"]), "_by_supplier", lambda _self: wrong),
            self.assertRaisesRegex(UserError, "clearing account would keep"),
        ):
            assessment.with_user(self.accountant)._post()

    def test_sc14_operator_bears_the_rewards_by_vendor_bills(self):
        self.company.rural_fee_bearer = "operator"
        assessment = self.posted()
        self.assertEqual(set(assessment.move_ids.mapped("move_type")), {"in_invoice"})
        self.assertEqual(sorted(assessment.move_ids.mapped("amount_total")), [14.00, 26.20])
        self.assertEqual(self.balance("asset_receivable"), 0.00)
        assessment.with_user(self.accountant)._cancel("改由供应商承担")
        self.assertEqual(self.balance("liability_payable"), 0.00)

    def test_sc14_year_without_rewards_needs_no_entry(self):
        self.env["rural.center.agreement"].search([("company_id", "=", self.company.id)]).target_market_revenue = 10**9
        assessment = self.posted()
        self.assertEqual((assessment.state, assessment.total, len(assessment.move_ids)), ("posted", 0, 0))

    def test_sc14_negative_reward_posts_the_other_way_round(self):
        self.posted()
        self.load(self.row("E1", 3, "1000.00", refund="1000.00"))
        self._agree(self.lichuan, 2023)
        from freezegun import freeze_time

        with freeze_time("2024-01-10 02:00:00"):
            second = self.posted(2023)
        line = self.result(second)
        # The year's own coefficient: 7% + 3% of the targets are nothing like 80%.
        self.assertEqual((line.coefficient, line.reward), (0, -20.00))
        payable = line.move_id.line_ids.filtered(lambda item: item.account_type == "liability_payable")
        self.assertEqual(payable.debit, 20.00)
        self.assertEqual(second.clearing_balance, 0.00)

    # ------------------------------------------------------------------
    # Cancellation
    # ------------------------------------------------------------------

    def test_sc14_cancellation_reverses_both_sides(self):
        assessment = self.posted()
        before = assessment.move_ids
        assessment.with_user(self.accountant)._cancel("退款文件更正", date(2023, 1, 10))
        self.assertEqual((assessment.state, assessment.cancel_reason), ("cancelled", "退款文件更正"))
        for account_type in ("liability_payable", "asset_receivable"):
            self.assertEqual(self.balance(account_type), 0.00)
        self.assertEqual(self.balance(account=self.company.rural_fee_clearing_account_id), 0.00)
        reversals = assessment.move_ids - before
        self.assertEqual(len(reversals), 3)
        self.assertEqual(set(reversals.mapped("date")), {date(2023, 1, 10)})
        self.assertEqual(set(before.mapped("state")), {"posted"}, "what was posted stays")
        self.assertTrue(
            all(
                line.reconciled
                for line in assessment.move_ids.line_ids
                if line.account_type in ("liability_payable", "asset_receivable")
            )
        )
        self.assertFalse(self.agreement.renewal_priority)

    def test_sc18_cancelled_year_is_prepared_anew_and_pays_the_whole_again(self):
        first = self.posted()
        first.with_user(self.accountant)._cancel("退款文件更正")
        self.load(self.row("E1", 3, "1000.00", refund="500.00"))
        second = self.assess()
        self.assertNotEqual(first, second)
        self.enter_satisfaction(second.line_ids)
        self.assertEqual(self.result(first).reward, 26.20)
        # 510.00 × 2% × 0.5 + 400.25 × 1.5% × 0.5 = 5.10 + 3.00; 64.5% × 40 + 82.8% × 30 + 20 + 10 = 80.6%
        self.assertEqual((self.result(second).coefficient, self.result(second).reward), (0.5, 8.10))
        self.review(second)
        second.with_user(self.accountant)._post()
        self.assertEqual(self.balance("liability_payable"), -22.10)

    def test_sc14_paid_rewards_are_not_cancelled(self):
        assessment = self.posted()
        self._pay(assessment)
        self.assertEqual(assessment.residual, 0.00)
        with self.assertRaisesRegex(UserError, "has been paid"):
            assessment.with_user(self.accountant)._cancel("试验")

    def _pay(self, assessment):
        action = assessment.with_user(self.accountant).action_register_payment()
        wizard = self.env[action["res_model"]].with_user(self.accountant)
        return wizard.with_context(**action["context"]).create({})._create_payments()

    def test_sc14_payment_by_odoo(self):
        assessment = self.posted()
        self.assertEqual(assessment.residual, 40.20)
        payments = self._pay(assessment)
        self.assertEqual(payments.partner_id, (self.lichuan | self.tongcheng).partner_id)
        self.assertEqual(set(assessment.line_ids.mapped("residual")), {0.00})
        with self.assertRaisesRegex(UserError, "nothing left to pay"):
            assessment.with_user(self.accountant).action_register_payment()

    def test_sc14_entries_of_an_assessment_are_not_undone_by_themselves(self):
        assessment = self.posted()
        move = self.result(assessment).move_id.with_user(self.accountant)
        self.assertFalse(move.show_reset_to_draft_button)
        for undo in (move.button_draft, lambda: move._reverse_moves([{}])):
            with self.assertRaisesRegex(UserError, "Cancel the assessment instead"):
                undo()

    def test_sc18_cancellation_needs_reason_and_role(self):
        assessment = self.posted()
        with self.assertRaisesRegex(UserError, "Say why"):
            assessment.with_user(self.accountant)._cancel("  ")
        for user in (self.manager, self.director, self.officer):
            with self.assertRaises(AccessError):
                assessment.with_user(user)._cancel("试验")

    # ------------------------------------------------------------------
    # From the entry to the records
    # ------------------------------------------------------------------

    def test_journal_item_leads_to_reward_lines_and_order_lines(self):
        assessment = self.posted()
        Reward, Order = self.env["rural.reward.line"], self.env["rural.order.line"]
        shared = assessment.move_ids.filtered(lambda move: not move.rural_assessment_line_id)
        item = shared.line_ids.filtered(lambda line: line.partner_id == self.rice.supplier_id)
        rewards = Reward.search(item.with_user(self.accountant).action_view_rural_reward_lines()["domain"])
        self.assertEqual(rewards.product_id, self.rice)
        self.assertEqual(round(sum(rewards.mapped("reward")), 2), item.debit)
        orders = Order.search(rewards.with_user(self.accountant).action_view_order_lines()["domain"])
        self.assertEqual(orders, self.line("E2"))
        own = self.result(assessment).move_id.with_user(self.accountant)
        self.assertEqual(len(Reward.search(own.action_view_rural_reward_lines()["domain"])), 2)
        self.assertEqual(
            Order.search(own.action_view_rural_reward_order_lines()["domain"]),
            self.line("E1") | self.line("E2") | self.line("Y1"),
        )
        self.assertEqual(own.action_view_rural_assessment()["res_id"], assessment.id)

    def test_sc14_rewards_bear_the_day_of_their_entries_where_the_books_are_locked(self):
        self.company.fiscalyear_lock_date = "2022-12-31"
        assessment = self.posted()
        self.assertEqual(set(assessment.move_ids.mapped("date")), {assessment.date})
        self.assertGreater(assessment.date, date(2022, 12, 31))
