from odoo.exceptions import AccessError, UserError

from .common import ComplaintCase


class TestAccess(ComplaintCase):
    """Who may, and who may not."""

    def test_readers_see_and_do_not_touch(self):
        ticket = self.to_revisit().with_user(self.reader)
        self.assertEqual(ticket.step_form, "revisit")
        self.assertTrue(ticket.investigation_ids.found)
        with self.assertRaises(AccessError):
            ticket.priority = "3"
        with self.assertRaises(AccessError):
            ticket.revisit_ids.write({"spoken_with": "我"})
        with self.assertRaises(AccessError):
            ticket.revisit_ids.action_done()

    def test_strangers_see_nothing(self):
        ticket = self.to_revisit()
        for records in (ticket, ticket.slip_ids, ticket.execution_ids, ticket.investigation_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.stranger).read(["display_name"])

    def test_the_head_sees_the_own_slips_once_they_are_sent(self):
        ticket = self.investigated()
        slips = self.env["rural.complaint.slip"].with_user(self.head_user)
        self.assertFalse(slips.search([("ticket_id", "=", ticket.id)]))
        self.form(ticket).action_send()
        self.assertTrue(slips.search([("ticket_id", "=", ticket.id)]))
        self.assertEqual(ticket.with_user(self.head_user).name, "送货短少两箱牛奶")

    def test_the_head_does_not_read_how_it_was_investigated(self):
        ticket = self.answered(self.investigated()).with_user(self.head_user)
        with self.assertRaises(AccessError):
            _read = ticket.investigation_ids
        with self.assertRaises(AccessError):
            ticket.sudo().opinion_ids.with_user(self.head_user).read(["answer"])

    def test_the_head_answers_and_nobody_else(self):
        ticket = self.investigated()
        slip = self.form(ticket)
        slip.action_send()
        for user in (self.officer, self.leader):
            with self.assertRaises(AccessError):
                slip.with_user(user).write({"answer": "代答"})
            with self.assertRaises(AccessError):
                slip.with_user(user).action_done()
        with self.assertRaises(UserError):
            slip.with_user(self.head_user).write({"request": "改题目"})

    def test_another_head_does_not_answer(self):
        other = self._new_user("c_head2", "base.group_user")
        self._new_employee("别的负责人", other)
        ticket = self.investigated()
        slip = self.form(ticket)
        slip.action_send()
        with self.assertRaises(AccessError):
            slip.with_user(other).write({"answer": "不关我事"})

    def test_the_head_takes_no_other_step(self):
        ticket = self.answered(self.investigated()).with_user(self.head_user)
        with self.assertRaises(AccessError):
            ticket.action_record()
        with self.assertRaises(AccessError):
            ticket._open_form().action_done()

    def test_the_head_does_not_write_the_ticket(self):
        ticket = self.answered(self.investigated()).with_user(self.head_user)
        with self.assertRaises(AccessError):
            ticket.priority = "3"

    def test_penalties_are_seen_by_who_pays_and_by_readers(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        penalties = self.env["rural.complaint.penalty"]
        mine = penalties.with_user(self.head_user).search([("ticket_id", "=", ticket.id)])
        self.assertEqual(mine.amount, 25)
        self.assertEqual(len(penalties.with_user(self.reader).search([("ticket_id", "=", ticket.id)])), 2)
        self.assertFalse(penalties.with_user(self.stranger).search([("ticket_id", "=", ticket.id)]))

    def test_another_company_sees_nothing(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        company = self.env["res.company"].create({"name": "别的公司"})
        outsider = self._new_user("c_outsider", "rural_complaint.group_complaint_head", company)
        for records in (
            ticket, ticket.slip_ids, ticket.sudo().investigation_ids, ticket.sudo().revisit_ids,
            ticket.sudo().penalty_ids,
        ):  # fmt: skip
            records = records.with_user(outsider).with_context(allowed_company_ids=company.ids)
            self.assertFalse(records.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                records.read(["display_name"])

    def test_helpdesk_users_do_not_take_steps(self):
        helper = self._new_user("c_helper", "helpdesk_mgmt.group_helpdesk_user")
        ticket = self.complaint().with_user(helper)
        with self.assertRaises(AccessError):
            ticket.action_record()

    def test_processes_are_changed_by_the_head_of_complaints(self):
        with self.assertRaises(AccessError):
            self.process.with_user(self.officer).name = "改"
        self.process.with_user(self.leader).name = "商户投诉"

    def test_ma40_an_employee_without_a_role_lists_tickets(self):
        """The rules of complaints ask nothing of the reader's rights on employees."""
        tickets = self.env["helpdesk.ticket"].with_user(self.stranger)
        domain = self.env["ir.rule"].with_user(self.stranger)._compute_domain("helpdesk.ticket", "read")
        self.assertFalse(tickets.search(domain) & self.to_revisit())
        ticket = self.answered(self.investigated())
        own = self.env["ir.rule"].with_user(self.head_user)._compute_domain("helpdesk.ticket", "read")
        self.assertIn(ticket, tickets.with_user(self.head_user).search(own))
