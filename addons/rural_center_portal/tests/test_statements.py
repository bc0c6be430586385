from odoo.exceptions import AccessError, UserError

from odoo.addons.rural_settlement.tests.common import JANUARY

from .common import PortalCase


class TestStatements(PortalCase):
    def setUp(self):
        super().setUp()
        self.january = self.life()
        self.mine = self.as_portal(self.january, "own")

    def test_sc13_the_center_agrees_and_the_statement_can_be_posted(self):
        self.assertFalse(self.january.is_undisputed)
        self.mine._agree_as_center()
        self.assertEqual(self.january.agreed_by_id, self.users["own"])
        self.assertIn(self.users["own"].login, self.january.agreement)
        self.assertTrue(self.january.is_undisputed)
        self.january.with_user(self.accountant)._post()
        self.assertEqual(self.january.state, "posted")

    def test_sc13_agreeing_twice_is_refused(self):
        self.mine._agree_as_center()
        with self.assertRaisesRegex(UserError, "agreed already"):
            self.mine._agree_as_center()

    def test_sc13_the_center_objects_and_reads_the_answer(self):
        line = self.line("OWN1")
        dispute = self.mine._dispute_as_center("金额不对", line.id)
        self.assertEqual((dispute.raised_by_id, dispute.line_id), (self.users["own"], line))
        self.assertEqual(dispute.activity_ids.user_id, self.officer)
        answered = dispute.with_user(self.manager)
        answered.answer = "已核对，金额无误"
        answered.action_refuse()
        self.assertFalse(dispute.activity_ids)
        told = dispute.message_ids.filtered(lambda each: self.users["own"].partner_id in each.partner_ids)
        self.assertIn("已核对，金额无误", told.body)

    def test_sc13_an_open_objection_holds_up_agreement_and_posting(self):
        self.mine._dispute_as_center("漏了一笔", None)
        with self.assertRaisesRegex(UserError, "Wait for the answer"):
            self.mine._agree_as_center()
        self.past_deadline(self.january)
        with self.assertRaisesRegex(UserError, "open disputes"):
            self.january.with_user(self.accountant)._post()

    def test_sc13_an_objection_takes_an_agreement_back(self):
        self.mine._agree_as_center()
        self.mine._dispute_as_center("又发现一处", self.line("OWN2").id)
        self.assertFalse(self.january.agreed_at)

    def test_sc13_one_open_objection_to_a_line(self):
        line = self.line("OWN1")
        self.mine._dispute_as_center("金额不对", line.id)
        with self.assertRaisesRegex(UserError, "already"):
            self.mine._dispute_as_center("真的不对", line.id)

    def test_sc13_only_lines_of_the_statement(self):
        with self.assertRaisesRegex(UserError, "not on"):
            self.mine._dispute_as_center("别家的", self.line("SIBLING1").id)

    def test_sc13_after_its_days_a_statement_is_not_answered(self):
        self.past_deadline(self.january)
        for step in (self.mine._agree_as_center, lambda: self.mine._dispute_as_center("晚了")):
            with self.assertRaisesRegex(UserError, "until"):
                step()

    def test_sc13_what_says_nothing_or_too_much_is_refused(self):
        for text in ("", "  \n", None, "长" * 2001):
            with self.assertRaises(UserError):
                self.mine._dispute_as_center(text)
        self.assertFalse(self.january.dispute_ids)

    def test_sc20_a_provincial_center_looks_on(self):
        above = self.as_portal(self.january, "province")
        self.assertEqual(above.fee, self.january.fee)
        for step in (above._agree_as_center, lambda: above._dispute_as_center("代为异议")):
            with self.assertRaisesRegex(AccessError, self.lichuan.name):
                step()

    def test_sc13_only_its_own_counts_as_waiting(self):
        waiting = self.as_portal(self.Statement, "province").search(self.Statement._portal_waiting_domain())
        self.assertEqual(waiting.center_id.sudo(), self.lichuan + self.tongcheng + self.province)
        self.mine._agree_as_center()
        waiting = self.as_portal(self.Statement, "own").search(self.Statement._portal_waiting_domain())
        self.assertFalse(waiting)

    def test_sc20_drafts_are_nobodys(self):
        seen = self.as_portal(self.Statement, "own").search([])
        self.assertEqual(seen.mapped("month"), [JANUARY])
