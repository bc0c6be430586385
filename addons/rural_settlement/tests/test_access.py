from odoo.exceptions import AccessError, UserError

from .common import SettlementCase


class TestAccess(SettlementCase):
    """Maker and checker, both directions: who may, and who may not."""

    def setUp(self):
        super().setUp()
        self.load(self.row("A1", 1))
        self.draft = self.prepare()

    def test_officer_prepares_manager_confirms_officer_records_accountant_posts(self):
        wizard = self.env["rural.statement.prepare"].with_user(self.officer).create({"month": "2022-01-20"})
        self.assertEqual(wizard.action_prepare()["res_model"], "rural.statement")
        confirm = self.env["rural.statement.confirm"].with_user(self.manager).create({"statement_ids": self.draft.ids})
        self.assertEqual(confirm.fee, 5.00)
        confirm.action_confirm()
        self.draft.with_user(self.officer)._agree("邮件回复确认")
        action = self.draft.with_user(self.accountant).action_post_selected()
        post = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        wizard = post.create({})
        self.assertEqual((wizard.center_total, wizard.supplier_total, wizard.difference), (5.00, 5.00, 0.00))
        wizard.action_post()
        self.assertEqual(self.draft.state, "posted")

    def test_others_do_not_prepare(self):
        for user in (self.operations, self.accountant):
            with self.assertRaises(AccessError):
                self.env["rural.statement.prepare"].with_user(user).create({}).action_prepare()

    def test_others_do_not_confirm(self):
        for user in (self.officer, self.accountant, self.operations):
            with self.assertRaises(AccessError):
                self.draft.with_user(user).action_confirm()

    def test_others_do_not_record_agreement(self):
        self.confirm(self.draft)
        for user in (self.accountant, self.operations):
            with self.assertRaises(AccessError):
                self.draft.with_user(user)._agree("邮件回复确认")

    def test_others_do_not_post(self):
        self.confirm(self.draft).with_user(self.officer)._agree("邮件回复确认")
        for user in (self.officer, self.manager, self.operations):
            with self.assertRaises(AccessError):
                self.draft.with_user(user)._post()
            with self.assertRaises(AccessError):
                self.draft.with_user(user).action_post_selected()

    def test_one_person_with_all_roles_still_does_one_step_only(self):
        everything = self._new_user("s_all", "rural_base.group_settlement_manager,account.group_account_user")
        self.draft.with_user(everything)._confirm()
        with self.assertRaisesRegex(UserError, "Somebody else must"):
            self.draft.with_user(everything)._agree("邮件回复确认")
        self.draft.with_user(self.officer)._agree("邮件回复确认")
        with self.assertRaisesRegex(UserError, "Somebody else must"):
            self.draft.with_user(everything)._post()

    def test_nobody_writes_statements_or_entries_by_hand(self):
        self.confirm(self.draft)
        for user in (self.officer, self.manager, self.accountant, self.operations):
            statement = self.draft.with_user(user)
            for values in ({"fee": 1}, {"state": "posted"}):
                with self.assertRaises(AccessError):
                    statement.write(values)
            for forbidden in (statement.unlink, statement.copy):
                with self.assertRaises(AccessError):
                    forbidden()

    def test_operations_does_not_read_statements(self):
        with self.assertRaises(AccessError):
            self.draft.with_user(self.operations).read(["fee"])

    def test_accountant_reads_down_to_the_order_line(self):
        self.confirm(self.draft)
        entry = self.draft.with_user(self.accountant).entry_ids
        self.assertTrue(entry.explanation)
        line = entry.line_id
        self.assertTrue(line.product_id.display_name and line.center_id.display_name and line.explanation)
        self.assertEqual(line.settled_fee, 5.00)

    def test_everybody_opens_their_home_screen(self):
        for user in (self.officer, self.manager, self.accountant):
            tiles = self.env["rural.home.tile"].with_user(user).search([])
            self.assertTrue(tiles)
            tiles.read(["name", "count"])

    def test_other_company_sees_nothing(self):
        self.confirm(self.draft)
        other = self.env["res.company"].create({"name": "别家运营商"})
        stranger = self._new_user("s_stranger", "rural_base.group_settlement_manager,account.group_account_user", other)
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        for name in ("rural.statement", "rural.fee.entry", "rural.fee.posting", "rural.statement.dispute"):
            self.assertFalse(env[name].search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            env["rural.statement"].browse(self.draft.id).read(["fee"])

    def test_a_company_that_one_does_not_work_in_is_not_prepared(self):
        other = self.env["res.company"].create({"name": "别家运营商"})
        wizard = self.env["rural.statement.prepare"].with_user(self.officer).create({"company_id": other.id})
        with self.assertRaisesRegex(AccessError, "work in now"):
            wizard.action_prepare()
