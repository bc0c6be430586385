from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common import JANUARY, SettlementCase


class TestDisputes(SettlementCase):
    """SC-13: the center can object for N working days; until then, or until it agrees, nothing is posted."""

    def setUp(self):
        super().setUp()
        self.load(self.row("A1", 1), self.row("A2", 2))
        self.statement_1 = self.close(JANUARY)

    def _object(self, user=None, **vals):
        return (
            self.env["rural.statement.dispute"]
            .with_user(user or self.officer)
            .create({"statement_id": self.statement_1.id, "text": "少算一行", "evidence": "来函 1 号", **vals})
        )

    def test_sc13_five_working_days_by_default(self):
        # Confirmed on Friday 1 July 2022, in China.
        self.assertEqual(self.statement_1.dispute_deadline, datetime(2022, 7, 8, 15, 59, 59))

    def test_sc13_days_to_dispute_are_a_dated_parameter(self):
        self.env["rural.parameter.value"].create(
            {
                "parameter_id": self.env.ref("rural_settlement.parameter_dispute_days").id,
                "company_id": self.company.id,
                "value": 2,
                "valid_from": "2022-07-01",
            }
        )
        self.statement_1.with_user(self.manager)._cancel("试验")
        self.assertEqual(self.close(JANUARY).dispute_deadline, datetime(2022, 7, 5, 15, 59, 59))

    def test_sc13_not_posted_before_the_deadline_unless_the_center_agrees(self):
        accountant = self.statement_1.with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "can object"):
            accountant._post()
        self.assertNotIn(self.statement_1, self.Statement.search([("is_undisputed", "=", True)]))
        self.statement_1.with_user(self.officer)._agree("邮件回复确认")
        self.assertEqual(self.statement_1.agreed_by_id, self.officer)
        self.assertIn(self.statement_1, self.Statement.search([("is_undisputed", "=", True)]))
        accountant._post()
        self.assertEqual(self.statement_1.state, "posted")

    def test_sc13_posted_when_the_days_are_over(self):
        with freeze_time("2022-07-08 16:00:00"):
            self.statement_1.invalidate_recordset()
            self.statement_1.with_user(self.accountant)._post()
        self.assertEqual(self.statement_1.state, "posted")

    def test_sc13_open_dispute_stops_the_posting_even_after_the_deadline(self):
        self._object(line_id=self.line("A1").id)
        with freeze_time("2022-08-01"), self.assertRaisesRegex(UserError, "open disputes"):
            self.statement_1.invalidate_recordset()
            self.statement_1.with_user(self.accountant)._post()

    def test_sc13_answered_by_a_manager(self):
        dispute = self._object()
        dispute.answer = "该行属于二月"
        with self.assertRaises(AccessError):
            dispute.action_refuse()
        dispute.with_user(self.manager).action_refuse()
        self.assertEqual((dispute.state, dispute.answered_by_id), ("refused", self.manager))
        with self.assertRaises(UserError):
            dispute.with_user(self.manager).action_accept()

    def test_sc13_answer_in_words_is_needed(self):
        with self.assertRaisesRegex(UserError, "Write the answer"):
            self._object().with_user(self.manager).action_accept()

    def test_sc13_objection_after_the_deadline_is_refused(self):
        with freeze_time("2022-07-08 16:00:00"), self.assertRaisesRegex(UserError, "could be disputed until"):
            self._object()

    def test_sc13_objection_ends_an_agreement(self):
        self.statement_1.with_user(self.officer)._agree("邮件回复确认")
        self._object()
        self.assertFalse(self.statement_1.agreed_at)

    def test_sc13_objection_to_a_line_of_another_statement_is_refused(self):
        with self.assertRaises(ValidationError):
            self._object(line_id=self.line("A2").id)

    def test_sc13_state_of_a_dispute_is_not_written_by_hand(self):
        dispute = self._object()
        with self.assertRaises(UserError):
            dispute.with_user(self.manager).write({"state": "accepted"})

    def test_sc13_days_are_those_valid_on_the_day_of_confirmation(self):
        [first] = self.env.ref("rural_settlement.parameter_dispute_days").value_ids
        first._change_from(date(2022, 7, 10), value=10)
        self.statement_1.with_user(self.manager)._cancel("试验")
        with freeze_time("2022-07-09 16:00:00"):
            self.assertEqual(self.close(JANUARY).dispute_days_id.value, 10)

    def test_sc13_accepted_dispute_without_a_correction_is_shown_before_posting(self):
        dispute = self._object(line_id=self.line("A1").id)
        dispute.answer = "确实多算"
        dispute.with_user(self.manager).action_accept()
        Wizard = self.env["rural.statement.post"].with_user(self.accountant)
        self.assertEqual(Wizard.create({"statement_ids": self.statement_1.ids}).unheeded_dispute_ids, dispute)
        self.load(self.row("A1", 1, refund="50.00"))
        self.assertFalse(Wizard.create({"statement_ids": self.statement_1.ids}).unheeded_dispute_ids)

    def test_sc13_objection_received_in_time_counts_when_entered_later(self):
        with freeze_time("2022-07-15 02:00:00"):
            self.statement_1.invalidate_recordset()
            self.assertTrue(self.statement_1.is_undisputed)
            dispute = self._object(received_on="2022-07-08")
            self.assertFalse(self.statement_1.is_undisputed)
            with self.assertRaisesRegex(UserError, "open disputes"):
                self.statement_1.with_user(self.accountant)._post()
        self.assertEqual((dispute.received_on, dispute.evidence), (date(2022, 7, 8), "来函 1 号"))

    def test_sc13_objection_in_time_counts_after_posting_as_an_adjustment(self):
        with freeze_time("2022-07-15 02:00:00"):
            self.statement_1.invalidate_recordset()
            self.statement_1.with_user(self.accountant)._post()
            dispute = self._object(received_on="2022-07-08", line_id=self.line("A1").id)
            dispute.answer = "确实多算"
            dispute.with_user(self.manager).action_accept()
            self.load(self.row("A1", 1, refund="50.00"))
        self.assertEqual((dispute.state, self.statement_1.state), ("accepted", "posted"))
        [adjusted] = [fee for (_center, _supplier, _month, kind), fee in self.dues().items() if kind == "adjustment"]
        self.assertEqual(adjusted, -2.50)

    def test_sc13_day_of_an_objection_lies_between_confirmation_and_today(self):
        for day in ("2022-06-30", "2022-07-02"):
            with self.subTest(day), self.assertRaisesRegex(ValidationError, "from then on"), self.env.cr.savepoint():
                self._object(received_on=day)
        with self.assertRaisesRegex(ValidationError, "from then on"):
            self._object().received_on = "2022-07-02"

    def test_sc13_paper_of_an_objection_is_needed(self):
        form = Form(self.env["rural.statement.dispute"].with_user(self.officer))
        form.statement_id, form.text = self.statement_1, "少算一行"
        with self.assertRaises(AssertionError):
            form.save()
        form.evidence = "来函 2 号"
        self.assertEqual(form.save().received_on, date(2022, 7, 1))

    def test_sc13_cancelled_statement_closes_its_disputes(self):
        dispute, answered = self._object(), self._object()
        answered.answer = "已核实"
        answered.with_user(self.manager).action_refuse()
        self.statement_1.with_user(self.manager)._cancel("录入有误")
        self.assertEqual((dispute.state, answered.state), ("closed", "refused"))
        with self.assertRaises(UserError):
            self._object()

    def test_sc13_objection_is_kept_as_it_was_answered(self):
        dispute = self._object()
        dispute.answer = "已核实"
        dispute.with_user(self.manager).action_refuse()
        for values in ({"text": "别的"}, {"received_on": "2022-07-01"}, {"evidence": "别的"}):
            with self.assertRaises(UserError):
                dispute.write(values)
        with self.assertRaises(AccessError):
            dispute.unlink()
        with self.assertRaisesRegex(UserError, "kept for ever"):
            dispute.sudo().unlink()

    def test_sc13_paper_is_kept_with_the_objection(self):
        Attachment = self.env["ir.attachment"].with_user(self.officer)
        paper, more = (Attachment.create({"name": name, "raw": b"%PDF-1.4"}) for name in ("来函.pdf", "附件.pdf"))
        dispute = self._object(attachment_ids=paper.ids)
        self.assertEqual((paper.res_model, paper.res_id), (dispute._name, dispute.id))
        self.assertEqual(dispute.with_user(self.manager).attachment_ids.raw, b"%PDF-1.4")
        dispute.write({"attachment_ids": [Command.link(more.id)]})
        self.assertEqual(set(dispute.attachment_ids.mapped("res_id")), {dispute.id})
        with self.assertRaisesRegex(UserError, "belongs to another record"):
            self._object(attachment_ids=more.ids)

    def test_sc13_dialog_of_an_objection_takes_its_paper(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("rural_settlement.action_statement_dispute_new")
        dialog = Form(self.env[action["res_model"]].with_user(self.officer).with_context(
            default_statement_id=self.statement_1.id))  # fmt: skip
        self.assertIn("attachment_ids", dialog._view["fields"])
        for name in ("text", "evidence", "received_on"):
            self.assertTrue(self.env[action["res_model"]]._fields[name].required)

    def test_sc13_objection_and_answer_leave_a_trace_on_the_statement(self):
        dispute = self._object()
        self.assertIn("少算一行", self.statement_1.message_ids[0].body)
        self.assertIn("来函 1 号", self.statement_1.message_ids[0].body)
        self.assertEqual(self.statement_1.message_ids[0].author_id, self.officer.partner_id)
        dispute.answer = "该行属于二月"
        dispute.with_user(self.manager).action_refuse()
        self.assertIn("“Refused”: 该行属于二月", self.statement_1.message_ids[0].body)

    def test_sc13_center_does_not_agree_past_its_open_objection(self):
        dispute = self._object()
        for step in (self.statement_1.with_user(self.officer).action_agree,
                     lambda: self.statement_1.with_user(self.officer)._agree("邮件回复确认")):  # fmt: skip
            with self.assertRaisesRegex(UserError, "open disputes. Answer them first"):
                step()
        dispute.answer = "该行属于二月"
        dispute.with_user(self.manager).action_refuse()
        self.statement_1.with_user(self.officer)._agree("邮件回复确认")
        self.assertTrue(self.statement_1.is_undisputed)

    def test_sc13_nobody_waits_for_an_objection_once_the_center_agreed(self):
        self.assertEqual(len(self.statement_1.activity_ids), 1)
        self.statement_1.with_user(self.officer)._agree("邮件回复确认")
        self.assertFalse(self.statement_1.activity_ids)
        self._object()
        self.assertEqual(len(self.statement_1.activity_ids), 1)
