from odoo.exceptions import UserError

from .common import FEBRUARY, JANUARY, SettlementCase


class TestMakers(SettlementCase):
    """Whoever has had a hand in the figures of a statement neither confirms nor posts it (SC-12, SC-13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_user("s_manager_2", "rural_base.group_settlement_manager")

    def assert_refused(self, statement, user=None):
        self.assertFalse(statement.with_user(user or self.manager).can_confirm)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            statement.with_user(user or self.manager)._confirm()

    def test_whoever_asked_for_an_acceptance_does_not_confirm(self):
        self.load(self.row("A1", 1, 采购单位地区代码="421222"))
        values = {"line_id": self.line("A1").id, "center_id": self.lichuan.id, "fee_rate": 0.5, "reason": "跨区协议"}
        acceptance = self.env["rural.line.acceptance"].with_user(self.manager).create(values)
        acceptance.with_user(self.second).action_confirm()
        statement = self.prepare(JANUARY, user=self.officer)
        self.assertEqual(statement.prepared_by_id, self.officer)
        self.assert_refused(statement)
        self.assertTrue(statement.with_user(self.second).can_confirm)
        statement.with_user(self.second)._confirm()

    def test_whoever_prepared_before_does_not_confirm(self):
        self.load(self.row("A1", 1))
        statement = self.prepare(JANUARY, user=self.manager)
        self.load(self.row("A2", 1, "1.00"), user=self.officer)
        self.assertEqual(statement.prepared_by_id, self.officer)
        self.assert_refused(statement)

    def test_whoever_loaded_a_line_does_not_confirm(self):
        self.load(self.row("A1", 1), user=self.manager)
        self.assert_refused(self.prepare(JANUARY, user=self.officer))

    def test_cancellation_does_not_make_others_of_the_makers(self):
        self.load(self.row("A1", 1), self.row("B1", 1, center=self.tongcheng))
        self.prepare(JANUARY, user=self.manager)
        self.load(self.row("A2", 1), user=self.manager)
        statement = self.statement(JANUARY)
        statement.with_user(self.second)._confirm()
        draft = statement.with_user(self.manager)._cancel("录入有误")
        self.assert_refused(draft)
        self.load(self.row("A2", 1, refund="1.00"), user=self.officer)
        self.assert_refused(draft)
        draft.with_user(self.second)._confirm()

    def test_makers_of_a_confirmed_statement_are_those_of_its_day(self):
        loader = self._new_user("s_loader", "rural_base.group_settlement_officer,account.group_account_user")
        later = self._new_user("s_loader_2", "rural_base.group_settlement_officer,account.group_account_user")
        self.load(self.row("A1", 1), self.row("A2", 2), user=loader)
        statement = self.close(JANUARY)
        self.load(self.row("A1", 1, refund="5.00"), user=later)
        statement.with_user(self.officer)._agree("邮件回复确认")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            statement.with_user(loader)._post()
        statement.with_user(later)._post()
        self.assertEqual(statement.state, "posted")
        self.assertIn(later, self.prepare(FEBRUARY).maker_ids)

    def test_sc08_whoever_wrote_a_rate_after_the_orders_does_not_confirm(self):
        both = self._new_user("s_both", "rural_base.group_settlement_manager,rural_base.group_operations_manager")
        self.apples.pool_entry_ids.unlink()
        self.load(self.row("A1", 1))
        self.env["rural.pool.entry"].with_user(both).sudo().create(
            {"product_id": self.apples.id, "fee_rate": 0.09, "valid_from": "2022-01-01"}
        )
        statement = self.prepare(JANUARY, user=self.officer)
        self.assertEqual(statement.fee, 9.00)
        self.assertIn(both, statement.maker_ids)
        self.assert_refused(statement, both)
        self.confirm(statement)
        self.assertIn(both, statement.maker_ids, "written down with the statement")

    def test_sc08_whoever_asked_for_a_rate_of_days_that_are_over_does_not_confirm(self):
        both = self._new_user("s_both", "rural_base.group_settlement_manager,rural_base.group_operations")
        director = self._new_user("s_director", "rural_base.group_operations_manager")
        self.apples.pool_entry_ids.unlink()
        self.load(self.row("A1", 1))
        values = {"product_id": self.apples.id, "fee_rate": 0.09, "valid_from": "2022-01-01", "reason": "补录"}
        entry = self.env["rural.pool.entry"].with_user(both).create(values)
        self.assertFalse(self.prepare(JANUARY), "it counts once a second person has confirmed it")
        entry.with_user(director).action_confirm()
        statement = self.prepare(JANUARY, user=self.officer)
        self.assertEqual(statement.fee, 9.00)
        self.assert_refused(statement, both)
        self.confirm(statement)

    def test_sc08_whoever_wrote_a_rate_before_the_orders_may_confirm(self):
        both = self._new_user("s_both", "rural_base.group_settlement_manager,rural_base.group_operations_manager")
        entry = self.apples.pool_entry_ids
        self.env.cr.execute(
            "UPDATE rural_pool_entry SET create_uid = %s, create_date = '2021-12-01' WHERE id = %s", [both.id, entry.id]
        )
        self.load(self.row("A1", 1))
        self.assertNotIn(both, self.prepare(JANUARY).maker_ids)

    def test_sc13_draft_of_a_manager_is_taken_over(self):
        self.load(self.row("A1", 1))
        statement = self.prepare(JANUARY, user=self.manager)
        self.assert_refused(statement)
        self.assertTrue(statement.with_user(self.officer).can_take_over)
        self.assertFalse(statement.with_user(self.manager).can_take_over)
        with self.assertRaisesRegex(UserError, "not to be taken over"):
            statement.with_user(self.manager).action_take_over()
        statement.with_user(self.officer).action_take_over()
        self.assertEqual((statement.prepared_by_id, statement.preparer_ids), (self.officer, self.officer))
        self.assertIn(self.manager.name, statement.message_ids[0].body)
        self.confirm(statement)

    def test_sc13_taking_over_leaves_other_hands_in_it(self):
        self.load(self.row("A1", 1), user=self.manager)
        statement = self.prepare(JANUARY, user=self.manager)
        statement.with_user(self.officer).action_take_over()
        self.assert_refused(statement)

    def test_sc13_only_a_managers_own_draft_is_taken_over(self):
        self.load(self.row("A1", 1))
        statement = self.prepare(JANUARY, user=self.officer)
        with self.assertRaisesRegex(UserError, "not to be taken over"):
            statement.with_user(self.second).action_take_over()
        self.confirm(statement)
        draft = statement.with_user(self.manager)._cancel("录入有误")
        with self.assertRaisesRegex(UserError, "not to be taken over"):
            draft.with_user(self.second).action_take_over()
