from odoo.exceptions import AccessError, UserError

from .common import ComplaintCase


class TestSteps(ComplaintCase):
    """MA-40: seven steps, each with its form."""

    def test_ma40_a_complaint_begins_with_its_record(self):
        ticket = self.complaint()
        self.assertEqual(ticket.step_form, "record")
        self.assertEqual(ticket.stage_id, self.env.ref("rural_complaint.stage_record"))
        self.assertTrue(ticket.number.startswith("TS2023-"))
        self.assertEqual(ticket.received_by_id, self.officer)

    def test_ma40_a_record_names_what_it_lacks(self):
        ticket = self.complaint(partner_id=False, channel_id=False)
        with self.assertRaisesRegex(UserError, "Contact, Channel"):
            ticket.action_record()

    def test_ma40_whoever_completes_the_record_is_in_charge(self):
        ticket = self.complaint()
        ticket.action_record()
        self.assertEqual(ticket.step_form, "investigation")
        self.assertEqual(ticket.user_id, self.officer)
        self.assertEqual(ticket.actor_id, self.officer)

    def test_ma40_a_file_belongs_to_its_form(self):
        ticket = self.complaint()
        ticket.action_record()
        form = self.form(ticket)
        form.attachment_ids = form.attachment_ids.create({"name": "签收单.jpg", "raw": b"1"})
        file = form.with_user(self.leader).attachment_ids
        self.assertEqual((file.res_model, file.res_id, file.raw), (form._name, form.id, b"1"))

    def test_ma40_founded_goes_to_the_responsible_head(self):
        ticket = self.investigated()
        self.assertEqual((ticket.finding, ticket.step_form), ("founded", "slip"))
        slip = self.form(ticket)
        self.assertEqual(slip.head_id, self.head)
        self.assertIn("核对签收单", slip.request)
        slip.action_send()
        self.assertEqual(ticket.actor_id, self.head_user)
        self.assertTrue(slip.number.startswith("CD2023-"))

    def test_ma40_founded_needs_a_head_and_a_person(self):
        ticket = self.complaint()
        ticket.action_record()
        form = self.form(ticket)
        form.write({"found": "属实", "finding": "founded", "head_id": self.head.id})
        with self.assertRaisesRegex(UserError, "name the responsible head and the person"):
            form.action_done()

    def test_ma40_unfounded_is_answered_and_closed_without_consequence(self):
        ticket = self.investigated(finding="unfounded")
        self.assertEqual(ticket.step_form, "filing")
        told = ticket.message_ids.filtered(lambda message: "未发现短少" in message.body)
        self.assertIn(self.merchant, told.partner_ids)
        form = self.form(ticket, self.leader)
        form.action_done()
        self.assertTrue(ticket.closed)
        self.assertEqual(self.penalties(ticket), {})

    def test_ma40_unfounded_needs_an_answer(self):
        ticket = self.complaint()
        ticket.action_record()
        form = self.form(ticket)
        form.write({"found": "不属实", "finding": "unfounded"})
        with self.assertRaisesRegex(UserError, "write the answer"):
            form.action_done()

    def test_ma40_a_refused_answer_goes_back_to_the_head(self):
        ticket = self.viewed(self.answered(self.investigated()), "refused")
        self.assertEqual(ticket.step_form, "slip")
        self.assertEqual(ticket.round, 1)
        self.assertEqual(len(ticket.slip_ids), 2)
        self.assertEqual(self.form(ticket).request, "当天补送")
        self.viewed(self.answered(ticket))
        self.assertEqual(ticket.step_form, "execution")
        self.assertEqual(ticket.opinion_ids.mapped("answer"), ["refused", "accepted"])

    def test_ma40_a_refusal_says_why(self):
        ticket = self.answered(self.investigated())
        form = self.form(ticket)
        form.answer = "refused"
        with self.assertRaisesRegex(UserError, "write down why"):
            form.action_done()

    def test_ma40_satisfied_is_filed_and_closed(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        self.assertEqual((ticket.step_form, ticket.satisfaction), ("closed", "satisfied"))
        self.assertTrue(ticket.closed_date)
        self.assertFalse(ticket.actor_id)

    def test_ma40_two_rounds_are_kept_beside_each_other(self):
        ticket = self.revisited(self.to_revisit(), "dissatisfied")
        self.assertEqual((ticket.step_form, ticket.round), ("investigation", 2))
        first = ticket.investigation_ids.filtered(lambda form: form.round == 1)
        self.assertEqual((first.state, first.finding), ("done", "founded"))
        self.carried_out(self.viewed(self.answered(self.investigated(ticket=ticket))))
        self.filed(self.revisited(ticket))
        self.assertTrue(ticket.closed)
        for forms in (ticket.investigation_ids, ticket.slip_ids, ticket.opinion_ids, ticket.execution_ids):
            self.assertEqual(forms.mapped("round"), [1, 2])
        self.assertEqual(ticket.revisit_ids.mapped("satisfaction"), ["dissatisfied", "satisfied"])

    def test_ma40_a_form_that_is_done_is_kept(self):
        ticket = self.investigated()
        form = ticket.investigation_ids.with_user(self.leader)
        with self.assertRaisesRegex(UserError, "kept as it is"):
            form.found = "另一说法"
        with self.assertRaisesRegex(UserError, "kept as it is"):
            form.sudo().found = "另一说法"
        with self.assertRaises(AccessError):
            form.unlink()
        with self.assertRaisesRegex(UserError, "kept for ever"):
            form.sudo().unlink()

    def test_ma40_the_record_is_kept_once_it_is_complete(self):
        ticket = self.complaint()
        ticket.name = "短少牛奶"
        ticket.action_record()
        with self.assertRaisesRegex(UserError, "record .* is complete"):
            ticket.name = "没有这回事"
        ticket.priority = "3"

    def test_ma40_a_recorded_complaint_is_not_deleted_nor_archived(self):
        ticket = self.investigated()
        with self.assertRaises(UserError):
            ticket.sudo().active = False
        with self.assertRaises(UserError):
            ticket.sudo().unlink()

    def test_ma40_who_investigated_does_not_file(self):
        ticket = self.revisited(self.to_revisit())
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.filed(ticket, self.officer)
        self.assertEqual(ticket.actor_id, self.leader)

    def test_ma40_the_result_is_returned_to_the_head_before_filing(self):
        ticket = self.revisited(self.to_revisit())
        with self.assertRaisesRegex(UserError, "Return the satisfaction form"):
            self.form(ticket, self.leader).action_done()

    def test_ma40_a_head_without_a_login_is_written_down_by_the_officer(self):
        silent = self._new_employee("钱师傅")
        ticket = self.investigated(head=silent)
        slip = self.form(ticket)
        slip.action_send()
        self.assertEqual(ticket.actor_id, self.officer)
        slip.write({"answer": "漏点。", "plan": "补送。", "plan_due": "2023-06-14"})
        slip.action_done()
        self.assertEqual(ticket.step_form, "opinion")

    # ------------------------------------------------------------------
    # A slip that went to the wrong head
    # ------------------------------------------------------------------

    def _recalled(self):
        ticket = self.investigated()
        slip = self.form(ticket)
        slip.action_send()
        slip._recall("属配送部，不属仓储部")
        return ticket, slip

    def test_ma40_a_slip_is_recalled_and_sent_to_another_head(self):
        ticket, slip = self._recalled()
        self.assertEqual((slip.state, slip.recalled_by_id), ("recalled", self.officer))
        self.assertEqual(ticket.actor_id, self.officer)
        new = self.form(ticket)
        self.assertEqual((new.state, new.head_id.id, new.request), ("draft", False, slip.request))
        other_user = self._new_user("c_other_head", "base.group_user")
        new.head_id = self._new_employee("钱主管", other_user)
        new.action_send()
        self.assertEqual((ticket.actor_id, ticket.step_form), (other_user, "slip"))
        with self.assertRaisesRegex(UserError, "is kept as it is"):
            slip.sudo().write({"plan": "补送"})

    def test_ma40_a_recalled_slip_is_answered_and_read_no_more(self):
        ticket, slip = self._recalled()
        mine = slip.with_user(self.head_user)
        with self.assertRaises(AccessError):
            mine.action_done()
        self.assertFalse(mine.search([("ticket_id", "=", ticket.id)]))
        with self.assertRaises(AccessError):
            ticket.with_user(self.head_user).read(["name"])

    def test_ma40_a_slip_is_recalled_with_a_reason_by_an_officer_until_it_is_answered(self):
        ticket = self.investigated()
        slip = self.form(ticket)
        with self.assertRaisesRegex(UserError, "is “To Be Filled In”"):
            slip.action_recall()
        slip.action_send()
        with self.assertRaises(AccessError):
            slip.with_user(self.head_user)._recall("不归我管")
        with self.assertRaisesRegex(UserError, "Say why"):
            slip._recall(" ")
        mine = slip.with_user(self.head_user)
        mine.write({"answer": "装车时漏点。", "plan": "补送两箱。", "plan_due": "2023-06-14"})
        mine.action_done()
        with self.assertRaises(UserError):
            slip._recall("太晚了")
