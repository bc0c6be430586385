from .common import JANUARY, SettlementCase


class TestClicks(SettlementCase):
    """Every yuan explains itself: from a journal entry to the order lines, and back, by clicks."""

    def setUp(self):
        super().setUp()
        self.load(self.row("A1", 1), self.row("A2", 1, product=self.rice), self.row("B1", 1, center=self.tongcheng))
        self.close(JANUARY)
        self.posting = self.post(self.statements(JANUARY))

    def opened(self, action):
        return self.env[action["res_model"]].with_user(self.accountant).search(action["domain"])

    def test_from_the_entry_of_a_center_to_its_order_lines(self):
        move = self.statement(JANUARY).move_id.with_user(self.accountant)
        self.assertEqual(self.opened(move.action_view_rural_order_lines()), self.line("A1") + self.line("A2"))
        self.assertEqual(len(self.opened(move.action_view_rural_fee_entries())), 2)
        self.assertEqual(self.opened(move.action_view_rural_statements()), self.statement(JANUARY))
        self.assertEqual(move.rural_statement_count, 1)

    def test_from_a_line_of_the_suppliers_entry_to_its_order_lines(self):
        shared = self.posting.move_ids.filtered(lambda move: not move.rural_statement_id)
        item = shared.line_ids.filtered(lambda line: line.partner_id == self.rice.supplier_id)
        entries = self.opened(item.with_user(self.accountant).action_view_rural_fee_entries())
        self.assertEqual(self.opened(entries.action_view_order_lines()), self.line("A2"))
        self.assertEqual(sum(entries.mapped("fee")), item.debit)

    def test_from_an_order_line_to_its_journal_entries(self):
        moves = self.opened(self.line("A1").with_user(self.accountant).action_view_moves())
        self.assertEqual(len(moves), 2)
        self.assertIn(self.statement(JANUARY).move_id, moves)
        entries = self.opened(self.line("A1").with_user(self.accountant).action_view_fee_entries())
        self.assertEqual(self.opened(entries.action_view_statements()), self.statement(JANUARY))

    def test_from_a_statement_to_everything(self):
        statement = self.statement(JANUARY).with_user(self.accountant)
        self.assertEqual(self.opened(statement.action_view_order_lines()), self.line("A1") + self.line("A2"))
        self.assertEqual(len(self.opened(statement.action_view_entries())), 2)
        self.assertEqual(len(self.opened(statement.action_view_moves())), 2)

    def test_from_a_draft_to_the_lines_it_will_settle(self):
        self.load(self.row("A1", 1, refund="10.00"), self.row("A3", 2))
        self.prepare()
        draft = self.statements().filtered(lambda statement: statement.state == "draft")
        lines = self.opened(draft.with_user(self.officer).action_view_order_lines())
        self.assertEqual(lines, self.line("A3") + self.line("A1"))

    def test_from_a_center_to_its_statements(self):
        center = self.lichuan.with_user(self.accountant)
        self.assertEqual(center.statement_count, 1)
        self.assertEqual(self.opened(center.action_view_statements()), self.statement(JANUARY))
