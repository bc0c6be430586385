from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, ComplaintCase):
    """MA-40: the complainant at the portal reads and writes; the steps and the inside are the staff's."""

    def setUp(self):
        super().setUp()
        self.visitor = new_test_user(self.env, "c_portal", "base.group_portal", company_id=self.company.id,
                                     company_ids=[(6, 0, self.company.ids)])  # fmt: skip
        self.visitor.partner_id.parent_id = self.merchant
        self.ticket = self.filed(self.revisited(self.to_revisit()))
        self.open = self.investigated()
        other = self.env["res.partner"].create({"name": "别家商户"})
        self.foreign = self.complaint(partner_id=other.id)

    def test_ma40_a_complainant_reads_the_own_complaints_only(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.visitor)
        mine = tickets.search([])
        self.assertIn(self.ticket, mine)
        self.assertNotIn(self.foreign, mine)
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.visitor).read(["name"])

    def test_ma40_the_inside_stays_inside(self):
        mine = self.ticket.with_user(self.visitor)
        for name in ("finding", "head_id", "person_id", "penalty_ids", "slip_ids", "investigation_ids", "revisit_ids",
                     "satisfaction", "is_accepted", "step_id", "actor_id"):  # fmt: skip
            with self.assertRaises(AccessError):
                mine.read([name])
        for records in (self.ticket.sudo().penalty_ids, self.ticket.sudo().investigation_ids, self.ticket.slip_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.visitor).read(["display_name"])

    def test_ma40_the_page_shows_no_button_that_closes(self):
        self.authenticate("c_portal", "c_portal")
        page = self.url_open(f"/my/ticket/{self.open.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("送货短少两箱牛奶", page.text)
        self.assertNotIn("/ticket/close", page.text)
        for inside in ("方磊", "核对签收单"):
            self.assertNotIn(inside, page.text)

    def test_ma40_a_guessed_address_closes_nothing(self):
        self.authenticate("c_portal", "c_portal")
        stage = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        before = self.open.stage_id
        for ticket in (self.open, self.foreign):
            self.url_open(f"/ticket/close?ticket_id={ticket.id}&stage_id={stage.id}")
        self.env.invalidate_all()
        self.assertEqual(self.open.stage_id, before)
        self.assertEqual(self.foreign.step_form, "record")

    def _tickets(self):
        """A plain ticket of the visitor's company, and one of somebody else."""
        tickets = self.env["helpdesk.ticket"]
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        done.close_from_portal = True
        mine = tickets.create({"name": "打印机", "description": "<p>卡纸</p>", "partner_id": self.merchant.id})
        other = tickets.create(
            {"name": "别家的", "description": "<p>卡纸</p>", "partner_id": self.foreign.partner_id.id}
        )
        return mine, other, done

    def _close(self, ticket, stage):
        data = {"csrf_token": http.Request.csrf_token(self), "ticket_id": ticket.id, "stage_id": stage.id}
        self.url_open("/ticket/close", data=data)
        self.env.invalidate_all()

    def test_a_ticket_is_closed_at_the_portal_by_whom_it_belongs_to(self):
        self.authenticate("c_portal", "c_portal")
        mine, other, done = self._tickets()
        before = other.stage_id
        self._close(other, done)
        self.assertEqual(other.stage_id, before)
        self._close(mine, done)
        self.assertEqual(mine.stage_id, done)

    def test_a_link_closes_no_ticket(self):
        self.authenticate("c_portal", "c_portal")
        mine, _other, done = self._tickets()
        before = mine.stage_id
        answer = self.url_open(f"/ticket/close?ticket_id={mine.id}&stage_id={done.id}")
        self.env.invalidate_all()
        self.assertEqual((answer.status_code, mine.stage_id), (405, before))
        page = self.url_open(f"/my/ticket/{mine.id}")
        self.assertNotIn('method="GET" action="/ticket/close"', page.text)

    def test_ma40_a_guessed_number_shows_nothing(self):
        self.authenticate("c_portal", "c_portal")
        page = self.url_open(f"/my/ticket/{self.foreign.id}")
        self.assertTrue(page.url.endswith("/my"))

    def test_ma40_a_portal_user_takes_no_step_by_rpc(self):
        mine = self.open.with_user(self.visitor)
        for step in ("action_record", "action_open_form"):
            with self.assertRaises(AccessError):
                getattr(mine, step)()
        with self.assertRaises(AccessError):
            mine.write({"stage_id": self.env.ref("rural_complaint.stage_closed").id})

    def test_ma40_what_comes_in_at_the_portal_is_a_complaint_at_its_beginning(self):
        self.company.write({"helpdesk_mgmt_portal_select_team": True})
        self.authenticate("c_portal", "c_portal")
        self.url_open(
            "/submitted/ticket",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "team": self.process.team_id.id,
                "subject": "网上投诉",
                "description": "少送了",
            },
        )
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "网上投诉")])
        self.assertEqual((ticket.process_id, ticket.step_form), (self.process, "record"))
        self.assertTrue(ticket.received_at)
        self.assertFalse(ticket.received_by_id.share)
