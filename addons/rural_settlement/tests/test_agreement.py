from odoo.exceptions import AccessError, UserError

from .common import JANUARY, SettlementCase


class TestAgreement(SettlementCase):
    """SC-13: that a center agrees is recorded with what says so, by another person than who confirmed."""

    def setUp(self):
        super().setUp()
        self.load(self.row("A1", 1), self.row("B1", 1, center=self.tongcheng))
        self.confirmed = self.close(JANUARY)

    def wizard(self, user=None):
        action = self.confirmed.with_user(user or self.officer).action_agree()
        return self.env[action["res_model"]].with_user(user or self.officer).with_context(**action["context"])

    def test_sc13_agreement_is_recorded_with_the_paper(self):
        paper = self.env["ir.attachment"].with_user(self.officer).create({"name": "回函.pdf", "raw": b"%PDF"})
        self.wizard().create({"agreement": "盖章回函 3 号", "file_ids": paper.ids}).action_agree()
        for statement in self.confirmed:
            self.assertEqual((statement.agreement, statement.agreed_by_id), ("盖章回函 3 号", self.officer))
            message = statement.message_ids.filtered("attachment_ids")
            self.assertEqual(message.attachment_ids.mapped("name"), ["回函.pdf"])
            self.assertIn("盖章回函 3 号", message.body)
        self.assertTrue(all(self.confirmed.mapped("is_undisputed")))

    def test_sc13_agreement_without_a_paper_is_refused(self):
        with self.assertRaisesRegex(UserError, "which paper or message"):
            self.wizard().create({"agreement": "  "}).action_agree()

    def test_sc13_who_confirmed_does_not_record_the_agreement(self):
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.confirmed.with_user(self.manager).action_agree()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.confirmed.with_user(self.manager)._agree("电话确认")
        second = self._new_user("s_manager_2", "rural_base.group_settlement_manager")
        self.confirmed.with_user(second)._agree("邮件回复")
        self.assertEqual(self.confirmed.agreed_by_id, second)

    def test_sc13_files_of_others_are_not_taken(self):
        secret = self.env["ir.attachment"].create(
            {"name": "工资表.pdf", "raw": b"%PDF", "res_model": "ir.cron", "res_id": 1}
        )
        with self.assertRaises(AccessError):
            self.confirmed.with_user(self.officer)._agree(
                "回函", self.env["ir.attachment"].with_user(self.officer).browse(secret.id)
            )
