from odoo.exceptions import UserError

from .common import APRIL, FEBRUARY, JANUARY, MARCH, SettlementCase


class TestStatements(SettlementCase):
    """SC-13: a statement per center and month, closed by a second person."""

    def test_sc13_statement_of_eligible_lines_completed_in_the_month(self):
        self.load(
            self.row("A1", 1, "100.00"),
            self.row("A2", 1, "59.90", refund="9.90", product=self.rice),
            self.row("A3", 2, "40.00"),
            self.row("A4", 1, "70.00", 服务码=""),
            self.row("A5", 1, "30.00", 订单状态="待收货", 完成时间=""),
        )
        self.prepare()
        january = self.statement(JANUARY)
        self.assertEqual((january.line_count, january.base, january.fee), (2, 150.00, 10.00))
        self.assertEqual((self.statement(FEBRUARY).line_count, self.statement(FEBRUARY).fee), (1, 2.00))
        self.assertEqual(january.state, "draft")
        self.assertEqual(january.prepared_by_id, self.officer)

    def test_sc13_month_is_that_of_china(self):
        self.load(self.row("A1", 1, 完成时间="2022-02-01 00:30:00"))
        self.assertEqual(self.prepare().mapped("month"), [FEBRUARY])

    def test_sc13_one_statement_per_center_and_month(self):
        self.load(self.row("A1"), self.row("B1", center=self.tongcheng))
        self.prepare()
        new, changed = self.Statement.with_user(self.officer)._prepare_drafts(self.company)
        self.assertFalse(new + changed)
        self.assertEqual(len(self.statements(JANUARY)), 2)

    def test_sc13_draft_follows_the_orders(self):
        self.load(self.row("A1", amount="100.00"))
        draft = self.prepare()
        self.load(self.row("A1", amount="100.00", refund="20.00"))
        self.assertEqual((draft.base, draft.fee), (80.00, 4.00))
        self.load(self.row("A1", 订单状态="已取消", 完成时间=""))
        self.assertFalse(draft.exists(), "a draft without lines goes away")

    def test_sc13_confirmation_writes_the_entries_down(self):
        self.load(self.row("A1", amount="100.00"), self.row("A2", amount="0.99", product=self.rice))
        statement = self.confirm(self.prepare())
        self.assertEqual(statement.state, "confirmed")
        self.assertEqual(statement.confirmed_by_id, self.manager)
        self.assertRecordValues(
            statement.entry_ids,
            [
                {"kind": "fee", "base": 100.00, "fee_rate": 0.05, "fee": 5.00, "month": JANUARY},
                {"kind": "fee", "base": 0.99, "fee_rate": 0.10, "fee": 0.10, "month": JANUARY},
            ],
        )
        self.assertEqual(statement.entry_ids.supplier_id, (self.apples + self.rice).supplier_id)

    def test_sc13_who_prepared_does_not_confirm(self):
        self.load(self.row("A1"))
        statement = self.prepare(user=self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else must"):
            statement.with_user(self.manager)._confirm()

    def test_sc13_months_of_a_center_close_in_order(self):
        self.load(self.row("A1", 1), self.row("A2", 2), self.row("B1", 2, center=self.tongcheng))
        self.prepare()
        with self.assertRaisesRegex(UserError, "2022-01/FW422802T is not decided yet"):
            self.statement(FEBRUARY).with_user(self.manager)._confirm()
        self.confirm(self.statement(FEBRUARY, self.tongcheng))
        self.confirm(self.statements().filtered(lambda statement: statement.state == "draft"))
        self.assertEqual(set(self.statements().mapped("state")), {"confirmed"})

    def test_sc13_earlier_month_without_a_draft_is_undecided_too(self):
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.prepare(FEBRUARY)
        with self.assertRaisesRegex(UserError, "2022-01/FW422802T is not decided yet"):
            self.statement(FEBRUARY).with_user(self.manager)._confirm()

    def test_sc13_month_must_be_over(self):
        self.load(self.row("A1", 7, 下单时间="2022-07-01 08:00:00", 完成时间="2022-07-01 09:00:00"))
        with self.assertRaisesRegex(UserError, "not over yet"):
            self.prepare().with_user(self.manager)._confirm()

    def test_sc13_changed_figures_are_shown_again_before_confirmation(self):
        self.load(self.row("A1", amount="100.00"))
        draft = self.prepare()
        seen = draft._figures()
        self.load(self.row("A1", amount="100.00", refund="50.00"))
        action = draft.with_user(self.manager).with_context(rural_seen=list(seen)).action_confirm()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertEqual((draft.state, draft.fee), ("draft", 2.50))
        self.assertFalse(draft.entry_ids)
        again = draft.with_user(self.manager).with_context(rural_seen=list(draft._figures()))
        self.assertIs(again.action_confirm(), True)
        self.assertEqual(draft.state, "confirmed")

    def test_sc13_figures_that_changed_silently_are_found_too(self):
        self.load(self.row("A1"))
        draft = self.prepare()
        self.env.cr.execute("UPDATE rural_order_line SET fee = 4 WHERE id = %s", [self.line("A1").id])
        self.env.invalidate_all()
        changed = draft.with_user(self.manager)._confirm()
        self.assertEqual(changed.ids, draft.ids)
        self.assertEqual((draft.state, draft.fee), ("draft", 4.00))

    def test_sc13_zero_fees_are_settled_once(self):
        self.load(self.row("A1", 1, "10.00", refund="10.00"))
        self.close(JANUARY)
        self.assertEqual(self.statement(JANUARY).line_count, 1)
        self.assertEqual(self.dues(), {})

    def test_sc15_same_file_again_settles_nothing(self):
        rows = self.row("A1", 1), self.row("A2", 2)
        self.load(*rows)
        self.close(JANUARY, FEBRUARY)
        self.load(*rows)
        self.assertEqual(self.dues(), {})
        self.assertFalse(self.prepare(MARCH, APRIL))

    def _ask_to_accept(self, order):
        values = {"center_id": self.lichuan.id, "fee_rate": 0.04, "reason": "跨区协议"}
        acceptances = self.env["rural.line.acceptance"].with_user(self.officer)
        return acceptances.create({"line_id": self.line(order).id, **values})

    def test_sc12_who_decides_an_acceptance_may_confirm_its_statement(self):
        self.load(self.row("A1", 1), self.row("A2", 1, 采购单位地区代码="421222"))
        statement = self.prepare()
        self._ask_to_accept("A2").with_user(self.manager).action_confirm()
        self.assertEqual((statement.fee, statement.prepared_by_id), (9.00, self.officer))
        self.assertFalse(statement.with_user(self.manager)._confirm())
        self.assertEqual(statement.state, "confirmed")

    def test_sc12_accepted_line_is_settled(self):
        self.load(self.row("A1", 1, 采购单位地区代码="421222"))
        acceptance = self._ask_to_accept("A1")
        self.assertFalse(self.prepare())
        acceptance.with_user(self.manager).action_confirm()
        self.assertEqual(self.prepare().fee, 4.00)

    def test_settled_line_keeps_its_judgement_when_the_rate_changes(self):
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.close(JANUARY)
        self.apples.pool_entry_ids.fee_rate = 0.08
        self.assertEqual((self.line("A1").fee, self.line("A2").fee), (5.00, 8.00))
        self.assertEqual(list(self.dues().values()), [8.00])

    def test_explanation_says_clause_parameter_and_inputs(self):
        self.load(self.row("A1"))
        statement = self.close(JANUARY)
        self.assertEqual(statement.clause_id.code, "SC-13")
        self.assertEqual(statement.parameter, self.env.ref("rural_settlement.parameter_dispute_days_first"))
        entry = statement.entry_ids
        self.assertEqual(entry.clause_id.code, "SC-10")
        self.assertEqual(entry.parameter, self.apples.pool_entry_ids)
        self.assertIn("5%", entry.explanation)
