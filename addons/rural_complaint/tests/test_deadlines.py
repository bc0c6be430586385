from datetime import date, datetime

from freezegun import freeze_time

from .common import ComplaintCase

#: The last seconds of days in China, in UTC.
LAST = "15:59:59"


class TestDeadlines(ComplaintCase):
    """MA-40: deadlines in Chinese working days."""

    def test_ma40_an_answer_is_promised_in_three_working_days(self):
        ticket = self.complaint()
        self.assertEqual(str(ticket.promise_deadline), f"2023-06-13 {LAST}")
        self.assertEqual(ticket.promise_days_id.value, 3)

    def test_ma40_national_day_does_not_count_and_make_up_days_do(self):
        # Thursday 28 September 2023: holidays until 6 October; Saturday and Sunday 7 and 8 October are worked.
        with freeze_time("2023-09-28 03:00:00"):
            ticket = self.complaint()
            self.assertEqual(str(ticket.promise_deadline), f"2023-10-09 {LAST}")

    def test_ma40_days_count_in_china(self):
        # 17:00 UTC is the next day in China already.
        with freeze_time("2023-06-08 17:30:00"):
            self.assertEqual(str(self.complaint().promise_deadline), f"2023-06-14 {LAST}")

    def test_ma40_a_later_receipt_moves_the_promise(self):
        ticket = self.complaint()
        ticket.received_at = "2023-06-06 02:00:00"
        self.assertEqual(str(ticket.promise_deadline), f"2023-06-09 {LAST}")
        self.assertEqual(ticket.step_deadline, ticket.promise_deadline)

    def test_ma40_the_head_has_three_working_days_from_the_sending(self):
        ticket = self.investigated()
        with freeze_time("2023-09-27 08:00:00"):
            slip = self.form(ticket)
            slip.action_send()
        self.assertEqual(str(slip.deadline), f"2023-10-08 {LAST}")
        self.assertEqual(ticket.step_deadline, slip.deadline)

    def test_ma40_the_plan_says_until_when_it_is_carried_out(self):
        ticket = self.viewed(self.answered(self.investigated()))
        self.assertEqual(str(ticket.step_deadline), f"2023-06-14 {LAST}")

    def test_ma40_the_first_revisit_is_due_three_working_days_after_completion(self):
        ticket = self.viewed(self.answered(self.investigated()))
        with freeze_time("2023-06-19 01:00:00"):  # the Dragon Boat Festival is 22 to 24 June; 25 June is worked
            self.carried_out(ticket)
        self.assertEqual(str(ticket.step_deadline), f"2023-06-25 {LAST}")

    def test_ma40_the_revisit_counts_from_the_completion_and_not_from_its_report(self):
        ticket = self.viewed(self.answered(self.investigated()))
        with freeze_time("2023-06-14 01:00:00"):
            self.carried_out(ticket, datetime(2023, 6, 12, 1, 0))
        self.assertEqual(str(ticket.step_deadline), f"2023-06-15 {LAST}")

    def test_ma40_the_next_revisit_counts_from_the_one_before_and_not_from_its_entry(self):
        ticket = self.to_revisit(self.goods)
        with freeze_time("2023-06-19 01:00:00"):
            self.revisited(ticket, visited_at=datetime(2023, 6, 9, 1, 0))
        self.assertEqual(str(ticket.step_deadline), f"2023-06-14 {LAST}")

    def test_ma40_a_new_round_has_days_of_its_own(self):
        ticket = self.to_revisit()
        with freeze_time("2023-06-12 02:00:00"):
            self.revisited(ticket, "dissatisfied")
        self.assertEqual(str(ticket.step_deadline), f"2023-06-15 {LAST}")

    def test_ma40_the_days_are_a_dated_parameter(self):
        parameter = self.env.ref("rural_complaint.parameter_complaint_answer_days")
        parameter.value_ids._change_from(date(2023, 6, 8), value=5)
        self.assertEqual(str(self.complaint().promise_deadline), f"2023-06-15 {LAST}")

    def test_ma40_overdue_complaints_are_found(self):
        ticket = self.complaint()
        tickets = self.env["helpdesk.ticket"].with_user(self.officer)
        self.assertNotIn(ticket, tickets.search([("is_overdue", "=", True)]))
        with freeze_time("2023-06-13 16:00:00"):
            ticket.invalidate_recordset()
            self.assertTrue(ticket.is_overdue)
            self.assertIn(ticket, tickets.search([("is_overdue", "=", True)]))
            self.assertNotIn(ticket, tickets.search([("is_overdue", "=", False)]))

    def test_ma40_the_fields_of_the_sla_show_the_same(self):
        ticket = self.complaint()
        self.assertEqual(ticket.sla_deadline, ticket.step_deadline)
        with freeze_time("2023-06-13 16:00:00"):
            ticket.invalidate_recordset()
            self.assertTrue(ticket.sla_expired)
            self.assertIn(ticket, self.env["helpdesk.ticket"].search([("sla_expired", "=", True)]))

    def test_ma40_who_must_act_has_an_activity_with_the_deadline(self):
        ticket = self.investigated()
        self.form(ticket).action_send()
        [activity] = ticket.sudo().activity_ids
        self.assertEqual(activity.user_id, self.head_user)
        self.assertEqual(str(activity.date_deadline), "2023-06-13")

    def test_ma40_the_leader_is_told_once_of_an_overdue_step(self):
        ticket = self.complaint()
        with freeze_time("2023-06-14 02:00:00"):
            tickets = self.env["helpdesk.ticket"]
            tickets._cron_remind()
            tickets._cron_remind()
        overdue = self.env.ref("rural_complaint.activity_overdue")
        told = ticket.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == overdue)
        self.assertEqual(told.user_id, self.leader)
        self.assertEqual(len(told), 1)
        ticket.action_record()
        self.assertFalse(told.exists())
