from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MAY, BonusCase


@tagged("post_install", "-at_install")
class TestComplaints(BonusCase):
    """MA-21, MA-41: what a founded complaint of a merchant does to the pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._new_user("b_service", "rural_merchant.group_customer_service")
        cls.boss = cls._new_user("b_boss", "rural_merchant.group_general_manager")

    def setUp(self):
        super().setUp()
        self.shop = self.merchant(self.li, "1", "2023-01-10")

    def new_ticket(self, **vals):
        """A complaint about the merchant as it came in by telephone."""
        return (
            self.env["helpdesk.ticket"]
            .with_user(self.service)
            .create(
                {
                    "process_id": self.env.ref("rural_complaint.process_merchants").id,
                    "name": "POS 机故障没人上门",
                    "description": "<p>三天了</p>",
                    "partner_id": self.shop.partner_id.id,
                    "complaint_kind_id": self.env.ref("rural_complaint.kind_service").id,
                    "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone").id,
                    **vals,
                }
            )
        )

    def complaint(self, finding="founded", refused=0, received="2023-05-10 02:00:00", closed="2023-05-20 02:00:00"):
        """A complaint of the merchant, handled to its end."""
        with freeze_time(received):
            ticket = self.new_ticket(partner_name="张老板")
            ticket.action_record()
            head = {"head_id": self.chief.id, "person_id": self.li.id} if finding == "founded" else {}
            self.fill(ticket, self.service, found="走访", finding=finding, answer="未发现问题", **head)
        with freeze_time(closed):
            if finding == "founded":
                self.resolve(ticket, refused)
            self.fill(ticket, self.boss, returned_to_head=True)
        return ticket

    def resolve(self, ticket, refused):
        for answer in [*["refused"] * refused, "accepted"]:
            ticket._open_form().with_user(self.service).action_send()
            self.fill(ticket, self.head, answer="疏忽", plan="上门", plan_due="2023-05-25")
            self.fill(ticket, self.service, answer=answer, opinion="再快些")
        done = ticket.slip_ids.sudo()[-1].done_at
        self.fill(ticket, self.head, carried_out="已上门", completed_at=done)
        self.fill(ticket, self.service, satisfaction="satisfied")

    def fill(self, ticket, user, **vals):
        form = ticket._open_form().with_user(user)
        form.write(vals)
        form.action_done()

    # ------------------------------------------------------------------
    # MA-41
    # ------------------------------------------------------------------

    def test_ma41_a_founded_complaint_lowers_the_months_pay(self):
        self.complaint()
        self.assertEqual(self.amounts(self.run_of("month", MAY), "MA-41"), {"李小红": -50, "张思成": -25})

    def test_ma41_a_plan_refused_first_and_accepted_later_costs_no_more(self):
        self.complaint(refused=1)
        self.assertEqual(self.amounts(self.run_of("month", MAY), "MA-41"), {"李小红": -50, "张思成": -25})

    def test_ma41_an_unfounded_complaint_costs_nothing(self):
        ticket = self.complaint("unfounded")
        self.assertFalse(ticket.sudo().follow_up_ids)
        self.assertEqual(self.amounts(self.run_of("month", MAY), "MA-41"), {})

    def test_ma41_it_counts_in_the_month_of_closing_in_china(self):
        self.complaint(closed="2023-05-31 16:30:00")
        self.assertEqual(self.amounts(self.run_of("month", MAY), "MA-41"), {})
        self.assertEqual(self.amounts(self.run_of("month", "2023-06-01"), "MA-41"), {"李小红": -50, "张思成": -25})

    def test_ma41_a_line_names_its_complaints_and_leads_to_them(self):
        ticket = self.complaint()
        line = self.run_of("month", MAY).line_ids.filtered(
            lambda line: line.clause == "MA-41" and line.employee_id == self.li
        )
        self.assertIn(ticket.number, line.with_user(self.li_user).sudo().explanation)
        self.assertIn("POS 机故障没人上门", line.explanation)
        action = line.action_view_sources()
        penalty = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(penalty.ticket_id, ticket)
        self.assertEqual(penalty.bonus_line_ids, line)
        self.assertEqual(penalty.action_view_bonus_lines()["domain"], [("id", "in", line.ids)])

    def test_ma41_payroll_sees_every_penalty_and_why(self):
        ticket = self.complaint()
        penalties = self.env["rural.complaint.penalty"].with_user(self.payroll).search([("ticket_id", "=", ticket.id)])
        self.assertEqual(sorted(penalties.mapped("amount")), [25, 50])
        self.assertIn(ticket.number, penalties[0].explanation)

    def test_ma41_a_recruiter_sees_the_own_penalty_only(self):
        ticket = self.complaint()
        own = self.env["rural.complaint.penalty"].with_user(self.li_user).search([("ticket_id", "=", ticket.id)])
        self.assertEqual(own.employee_id, self.li)
        with self.assertRaises(AccessError):
            ticket.with_user(self.li_user).read(["name"])

    def test_ma41_a_penalty_in_an_approved_run_is_taken_back_by_a_later_one(self):
        ticket = self.complaint()
        run = self.approve(self.run_of("month", MAY))
        before = self.amounts(run)
        penalty = ticket.sudo().penalty_ids.filtered(lambda penalty: penalty.employee_id == self.li)
        with self.assertRaises(UserError):
            penalty.amount = 0
        with freeze_time("2023-06-15 02:00:00"):
            counter = penalty.with_user(self.boss)._request_cancellation("商户来函说明")
            self.assertEqual(self.amounts(self.run_of("month", "2023-06-01"), "MA-41"), {})
            other = self._new_user("b_boss2", "rural_complaint.group_complaint_head")
            counter.with_user(other).action_confirm()
        june = self.Run.search([("date_from", "=", "2023-06-01"), ("company_id", "=", self.company.id)])
        june.with_user(self.payroll).action_compute()
        self.assertEqual(self.amounts(june, "MA-41"), {"李小红": 50})
        self.assertEqual(self.amounts(run), before)

    # ------------------------------------------------------------------
    # MA-21
    # ------------------------------------------------------------------

    def test_ma21_a_founded_complaint_counts_half_a_point_down_once(self):
        ticket = self.complaint()
        [follow_up] = ticket.sudo().follow_up_ids
        self.assertEqual(
            (follow_up.kind, follow_up.merchant_id, follow_up.date), ("complaint", self.shop, date(2023, 5, 20))
        )
        line = self.run_of("month", MAY).line_ids.filtered(
            lambda line: line.clause == "MA-22" and line.employee_id == self.li
        )
        self.assertEqual(line.points, -0.5)

    def test_ma21_it_counts_for_who_looked_after_the_merchant_when_it_complained(self):
        self.transfer(self.shop, self.wang, "2023-05-15")
        ticket = self.complaint()
        self.assertEqual(ticket.sudo().follow_up_ids.employee_id, self.li)

    def _entered_anew(self):
        """The shop dropped out in March and was entered anew, with the same payee, for another recruiter."""
        self.shop.sudo()._drop(date(2023, 3, 31), "换店主")
        anew = self.merchant(self.wang, "1", "2023-04-10")
        anew.partner_id = self.shop.partner_id
        return anew

    def test_ma21_a_complaint_is_of_the_merchant_under_contract_then(self):
        anew = self._entered_anew()
        self.assertEqual(self.complaint(received="2023-03-20 02:00:00").merchant_id, self.shop)
        ticket = self.complaint()
        self.assertEqual(ticket.merchant_id, anew)
        self.assertEqual(ticket.sudo().follow_up_ids.employee_id, self.wang)

    def test_ma21_the_officer_says_which_merchant_of_a_payee_until_the_record_is_complete(self):
        anew = self._entered_anew()
        ticket = self.new_ticket(received_at="2023-05-10 02:00:00")
        self.assertEqual(ticket.merchant_id, anew)
        ticket.received_at = "2023-03-20 02:00:00"
        self.assertEqual(ticket.merchant_id, self.shop)
        ticket.merchant_id = anew
        ticket.action_record()
        self.assertEqual(ticket.merchant_id, anew)
        with self.assertRaisesRegex(UserError, "is complete"):
            ticket.merchant_id = self.shop

    def test_ma21_two_rounds_count_once(self):
        ticket = self.complaint(refused=2)
        self.assertEqual(len(ticket.sudo().follow_up_ids), 1)

    def test_ma21_what_a_complaint_made_is_not_changed_by_hand(self):
        follow_up = self.complaint().sudo().follow_up_ids.with_user(self.service)
        follow_up.note = "已向商户道歉"
        for vals in ({"kind": "none"}, {"date": "2023-06-01"}, {"ticket_id": False}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                follow_up.write(vals)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            follow_up.unlink()

    def test_ma21_customer_service_is_told_of_a_complaint_on_its_way(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.service)
            .create(
                {
                    "process_id": self.env.ref("rural_complaint.process_merchants").id,
                    "name": "没人接电话",
                    "description": "<p>一直占线</p>",
                    "partner_id": self.shop.partner_id.id,
                }
            )
        )
        self.assertEqual(ticket.merchant_id, self.shop)
        entered = (
            self.env["rural.merchant.follow.up"]
            .with_user(self.service)
            .new({"merchant_id": self.shop.id, "kind": "complaint"})
        )
        self.assertIn(ticket.number, entered._onchange_complaint()["warning"]["message"])

    def test_ma21_the_merchant_shows_its_complaints(self):
        ticket = self.complaint()
        shop = self.shop.with_user(self.service)
        self.assertEqual(shop.ticket_count, 1)
        action = shop.action_view_complaints()
        self.assertEqual(self.env["helpdesk.ticket"].search(action["domain"]), ticket)
        form = Form(self.env["helpdesk.ticket"].with_user(self.service).with_context(**action["context"]),
                    view="rural_complaint.view_complaint_form")  # fmt: skip
        form.name, form.description = "再次", "<p>再次</p>"
        self.assertEqual(form.save().merchant_id, self.shop)
