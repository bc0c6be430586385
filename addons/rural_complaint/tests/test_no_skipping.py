from odoo.exceptions import UserError, ValidationError

from .common import ComplaintCase


class TestNoSkipping(ComplaintCase):
    """MA-40: no step can be skipped, however somebody tries."""

    def setUp(self):
        super().setUp()
        self.ticket = self.complaint()
        self.closed = self.env.ref("rural_complaint.stage_closed")

    def test_ma40_dragging_a_card_is_refused(self):
        for user in (self.officer, self.leader):
            with self.assertRaisesRegex(UserError, "no step can be skipped"):
                self.ticket.with_user(user).write({"stage_id": self.closed.id})

    def test_ma40_writing_as_the_system_is_refused(self):
        with self.assertRaisesRegex(UserError, "no step can be skipped"):
            self.ticket.sudo().stage_id = self.closed

    def test_ma40_a_stage_of_other_tickets_is_refused(self):
        with self.assertRaisesRegex(UserError, "no step can be skipped"):
            self.ticket.sudo().stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")

    def test_ma40_mass_edit_is_refused(self):
        other = self.complaint()
        with self.assertRaisesRegex(UserError, "no step can be skipped"):
            (self.ticket + other).web_save({"stage_id": self.closed.id}, {"stage_id": {}})

    def test_ma40_import_is_refused(self):
        self.env["ir.model.data"].sudo().create(
            {"module": "__test__", "name": "complaint", "model": "helpdesk.ticket", "res_id": self.ticket.id}
        )
        tickets = self.env["helpdesk.ticket"].with_user(self.leader)
        result = tickets.load([".id", "stage_id/.id"], [[str(self.ticket.id), str(self.closed.id)]])
        self.assertFalse(result["ids"])
        self.assertIn("no step can be skipped", result["messages"][0]["message"])

    def test_ma40_the_step_cannot_be_written_by_hand(self):
        step = self.env.ref("rural_complaint.step_closed")
        for vals in (
            {"step_id": step.id},
            {"step_form": "closed"},
            {"step_id": step.id, "stage_id": self.closed.id},
            {"round": 7},
            {"finding": "unfounded"},
            {"satisfaction": "satisfied"},
            {"step_deadline": "2099-01-01 00:00:00"},
            {"closed_date": "2023-06-08 00:00:00"},
        ):
            with self.assertRaisesRegex(UserError, "no step can be skipped"):
                self.ticket.with_user(self.leader).write(vals)

    def test_ma40_a_record_that_is_complete_cannot_be_opened_again(self):
        self.ticket.action_record()
        with self.assertRaisesRegex(UserError, "no step can be skipped"):
            self.ticket.step_form = "record"
        for vals in ({"name": "改"}, {"received_at": "2023-06-07 01:00:00"}, {"complaint_kind_id": False}):
            with self.assertRaisesRegex(UserError, "is complete"):
                self.ticket.write(vals)

    def test_ma40_step_and_stage_cannot_part_even_for_the_system(self):
        with self.assertRaisesRegex(ValidationError, "where its steps have brought it"):
            self.ticket.sudo().write({"step_id": False, "stage_id": False})

    def test_ma40_nobody_begins_in_the_middle(self):
        step = self.env.ref("rural_complaint.step_filing")
        ticket = self.complaint(step_id=step.id, stage_id=self.closed.id, finding="unfounded", round=3)
        self.assertEqual((ticket.step_form, ticket.round, ticket.finding), ("record", 1, False))

    def test_ma40_a_complaint_does_not_leave_its_team_company_or_process(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "售后", "company_id": False})
        for vals in ({"team_id": team.id}, {"team_id": False}, {"process_id": False}):
            with self.assertRaises(UserError):
                self.ticket.with_user(self.leader).write(vals)
        with self.assertRaises(UserError):
            self.ticket.sudo().company_id = self.env.ref("base.main_company")

    def test_ma40_a_ticket_that_comes_to_the_team_is_a_complaint(self):
        ticket = self.env["helpdesk.ticket"].create({"name": "来电", "description": "<p>短少</p>"})
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        ticket.team_id = self.process.team_id
        self.assertEqual((ticket.process_id, ticket.step_form), (self.process, "record"))

    def test_ma40_forms_are_laid_out_by_their_steps_only(self):
        with self.assertRaisesRegex(UserError, "comes with its step"):
            self.env["rural.complaint.filing"].with_user(self.officer).create({"ticket_id": self.ticket.id})

    def test_ma40_a_later_form_cannot_be_finished_first(self):
        ticket = self.investigated()
        old = ticket.investigation_ids.with_user(self.officer)
        with self.assertRaises(UserError):
            old.action_done()
        with self.assertRaises(UserError):
            ticket.action_record()

    def test_ma40_marking_as_duplicate_does_not_close(self):
        other = self.complaint()
        wizard = self.env["helpdesk.ticket.duplicate.wizard"].create(
            {"ticket_id": self.ticket.id, "duplicate_of_id": other.id, "target_stage_id": self.closed.id}
        )
        with self.assertRaises(UserError):
            wizard.with_user(self.leader).action_confirm()

    def test_ma40_other_tickets_go_on_as_before(self):
        ticket = self.env["helpdesk.ticket"].create({"name": "打印机", "description": "<p>卡纸</p>"})
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.assertTrue(ticket.closed)
        self.assertFalse(ticket.process_id)
        self.assertTrue(ticket.number.startswith("HT"))
