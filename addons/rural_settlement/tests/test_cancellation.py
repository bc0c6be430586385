from lxml import etree

from odoo.exceptions import AccessError, UserError

from .common import FEBRUARY, JANUARY, MARCH, SettlementCase


class TestCancellation(SettlementCase):
    """SC-13, SC-14: what is cancelled becomes due again; entries are reversed, never deleted."""

    def test_sc13_last_closed_month_opens_again(self):
        self.load(self.row("A1", 1))
        january = self.close(JANUARY)
        drafts = january.with_user(self.manager)._cancel("录入有误")
        self.assertEqual((january.state, january.cancel_reason), ("cancelled", "录入有误"))
        self.assertRecordValues(drafts, [{"month": JANUARY, "fee": 5.00, "adjustment_count": 0}])
        self.confirm(drafts)
        self.assertEqual(self.dues(), {})

    def test_sc13_lines_of_an_earlier_month_come_as_adjustments(self):
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.close(JANUARY, FEBRUARY)
        drafts = self.statement(JANUARY).with_user(self.manager)._cancel("录入有误")
        self.assertRecordValues(drafts, [{"month": MARCH, "fee": 5.00, "adjustment_count": 1}])
        self.assertFalse(self.statement(JANUARY))

    def test_sc13_cancellation_needs_a_reason(self):
        self.load(self.row("A1", 1))
        with self.assertRaisesRegex(UserError, "Say why"):
            self.close(JANUARY).with_user(self.manager)._cancel("  ")

    def test_sc14_posted_statement_is_reversed_on_both_sides(self):
        self.load(
            self.row("A1", 1),
            self.row("A2", 1, product=self.rice),
            self.row("B1", 1, center=self.tongcheng),
        )
        self.close(JANUARY)
        posting = self.post(self.statements(JANUARY))
        self.assertEqual(self.balance("liability_payable"), -20.00)
        lichuan = self.statement(JANUARY)
        drafts = lichuan.with_user(self.accountant)._cancel("中心退回")
        self.assertEqual(lichuan.state, "cancelled")
        self.assertEqual(self.balance("liability_payable", partner=self.lichuan.partner_id), 0.00)
        self.assertEqual(self.balance("liability_payable"), -5.00)
        self.assertEqual(self.balance("asset_receivable"), 5.00)
        self.assertEqual((self.clearing(), posting.clearing_balance), (0.00, 0.00))
        self.assertEqual(drafts.fee, 15.00)
        reversal = lichuan.move_ids.filtered("reversed_entry_id")
        self.assertEqual(reversal.reversed_entry_id, lichuan.move_id)
        clearing = self.company.rural_fee_clearing_account_id
        lines = posting.move_ids.line_ids.filtered(lambda line: line.account_id == clearing)
        self.assertTrue(all(lines.mapped("reconciled")))

    def test_sc14_cancelled_statement_is_prepared_confirmed_and_posted_anew(self):
        self.load(self.row("A1", 1), self.row("B1", 1, center=self.tongcheng))
        self.close(JANUARY)
        self.post(self.statements(JANUARY))
        drafts = self.statement(JANUARY).with_user(self.accountant)._cancel("中心退回")
        self.load(self.row("A1", 1, refund="50.00"))
        self.post(self.confirm(drafts))
        self.assertEqual(self.balance("liability_payable"), -7.50)
        self.assertEqual(self.balance("asset_receivable"), 7.50)
        self.assertEqual(self.clearing(), 0.00)

    def test_sc14_paid_statement_is_not_cancelled(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        self.post(statement)
        self.pay(statement)
        with self.assertRaises(UserError):
            statement.with_user(self.accountant)._cancel("中心退回")

    def test_who_may_cancel_what(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        for user in (self.officer, self.accountant, self.operations):
            with self.assertRaises(AccessError):
                statement.with_user(user).sudo(False)._cancel("试验")
        self.post(statement)
        for user in (self.officer, self.manager):
            with self.assertRaises(AccessError):
                statement.with_user(user)._cancel("试验")

    def test_entries_of_a_posting_are_not_undone_by_hand(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        self.post(statement)
        move = statement.move_id.with_user(self.accountant)
        for undo in (move.button_draft, move._reverse_moves):
            with self.assertRaisesRegex(UserError, "Cancel the statement instead"):
                undo()

    def test_an_entry_of_a_posting_offers_no_undoing_and_says_what_to_cancel(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        self.post(statement)
        move = statement.move_id.with_user(self.accountant)
        self.assertFalse(move.show_reset_to_draft_button)
        self.assertIn(statement.name, move.rural_undo_hint)
        form = etree.fromstring(move.get_view(view_type="form")["arch"])
        for button in ("action_reverse", str(self.env.ref("account.action_view_account_move_reversal").id)):
            [found] = form.findall(f".//button[@name='{button}']")
            self.assertIn(" or (rural_undo_hint)", found.get("invisible"))

    def test_sc14_posted_at_zero_can_be_cancelled(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.load(self.row("A1", 1, 供应商编码="TGYS2"))
        statement = self.close(FEBRUARY)
        self.post(statement)
        self.assertEqual((statement.fee, statement.state), (0.00, "paid"))
        self.assertEqual(self.balance("asset_receivable", partner=self.rice.supplier_id), 5.00)
        statement.with_user(self.accountant)._cancel("供应商有误")
        self.assertEqual(statement.state, "cancelled")
        self.assertEqual(self.balance("asset_receivable", partner=self.rice.supplier_id), 0.00)

    def test_sc13_number_of_a_cancelled_statement_is_not_used_again(self):
        self.load(self.row("A1", 1))
        first = self.close(JANUARY)
        second = first.with_user(self.manager)._cancel("录入有误")
        self.confirm(second)
        third = second.with_user(self.manager)._cancel("又录入有误")
        self.assertEqual(
            (first | second | third).sorted("id").mapped("name"),
            ["2022-01/FW422802T", "2022-01/FW422802T-2", "2022-01/FW422802T-3"],
        )

    def test_sc13_cancelled_in_the_dialog_with_reason_and_day(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        self.post(statement)
        action = statement.with_user(self.accountant).action_cancel()
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        shown = wizard.create({"reason": "中心退回", "day": "2022-06-30"}).action_apply()
        self.assertEqual(len(self.Statement.search(shown["domain"])), 2)
        reversal = statement.move_ids.filtered("reversed_entry_id")
        self.assertEqual((statement.state, f"{reversal.date}"), ("cancelled", "2022-06-30"))

    def test_sc13_what_is_not_posted_is_taken_back_without_an_accounting_date(self):
        self.load(self.row("A1", 1))
        statement = self.close(JANUARY).with_user(self.manager)
        action = statement.action_cancel()
        self.assertEqual(action["name"], "Take Back")
        wizard = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
        wizard = wizard.create({"reason": "录入有误"})
        self.assertFalse(wizard.asks_day)
        self.assertNotIn("accounting date", wizard.help)
        shown = wizard.action_apply()
        self.assertEqual(shown["context"], {"search_default_not_cancelled": 1})
        draft = self.statement(JANUARY)
        self.assertEqual(self.Statement.search(shown["domain"]), statement | draft)

    def test_sc14_what_is_posted_is_cancelled_with_an_accounting_date(self):
        self.load(self.row("A1", 1))
        self.close(JANUARY)
        self.post(self.statement(JANUARY))
        action = self.statement(JANUARY).with_user(self.accountant).action_cancel()
        self.assertEqual(action["name"], "Cancel and Reverse")
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        self.assertTrue(wizard.create({"reason": "录入有误"}).asks_day)
