from odoo.exceptions import UserError

from .common import ComplaintCase


class TestRevisits(ComplaintCase):
    """MA-40: revisits with the satisfaction form."""

    def test_ma40_goods_are_revisited_twice_at_least(self):
        ticket = self.to_revisit(self.goods)
        self.revisited(ticket)
        self.assertEqual(ticket.step_form, "revisit")
        self.assertEqual(ticket.revisit_ids.mapped("sequence"), [1, 2])
        self.revisited(ticket, "very_satisfied")
        self.assertEqual(ticket.step_form, "filing")

    def test_ma40_goods_may_be_revisited_more_often(self):
        ticket = self.to_revisit(self.goods)
        self.revisited(ticket)
        self.revisited(ticket, wants_another=True)
        self.assertEqual(ticket.step_form, "revisit")
        self.revisited(ticket)
        self.assertEqual(ticket.step_form, "filing")

    def test_ma40_service_is_revisited_once_or_twice(self):
        self.assertEqual(self.revisited(self.to_revisit(self.service)).step_form, "filing")
        ticket = self.to_revisit(self.service)
        self.revisited(ticket, wants_another=True)
        self.assertEqual(ticket.step_form, "revisit")
        with self.assertRaisesRegex(UserError, "no more often"):
            self.revisited(ticket, wants_another=True)
        self.revisited(ticket, wants_another=False)
        self.assertEqual(ticket.step_form, "filing")

    def test_ma40_the_second_revisit_can_end_in_a_new_round(self):
        ticket = self.to_revisit(self.goods)
        self.revisited(ticket)
        self.revisited(ticket, "dissatisfied")
        self.assertEqual((ticket.step_form, ticket.round), ("investigation", 2))

    def test_ma40_a_revisit_needs_an_answer(self):
        ticket = self.to_revisit()
        with self.assertRaisesRegex(UserError, "lacks: Satisfaction"):
            self.form(ticket).action_done()

    def test_ma40_not_satisfied_says_why(self):
        ticket = self.to_revisit()
        form = self.form(ticket)
        form.satisfaction = "dissatisfied"
        with self.assertRaisesRegex(UserError, "write down why"):
            form.action_done()

    def test_ma40_what_the_merchant_answers_online_counts(self):
        ticket = self.to_revisit()
        form = self.form(ticket)
        answer = form.sudo().user_input_id
        self.assertEqual(answer.partner_id, self.merchant)
        answer._save_lines(
            self.env.ref("rural_complaint.question_satisfaction"),
            self.env.ref("rural_complaint.answer_dissatisfied").id,
        )
        answer._save_lines(self.env.ref("rural_complaint.question_remark"), "只补了一箱")
        answer._mark_done()
        self.assertEqual((form.satisfaction, form.remark), ("dissatisfied", "只补了一箱"))
        form.action_done()
        self.assertEqual(ticket.round, 2)

    def test_ma40_an_answer_cannot_be_talked_away(self):
        ticket = self.to_revisit()
        form = self.form(ticket)
        answer = form.sudo().user_input_id
        answer._save_lines(
            self.env.ref("rural_complaint.question_satisfaction"),
            self.env.ref("rural_complaint.answer_dissatisfied").id,
        )
        answer._mark_done()
        with self.assertRaisesRegex(UserError, "answered the questionnaire"):
            form.satisfaction = "satisfied"

    def test_ma40_what_is_said_on_the_phone_is_entered_into_the_questionnaire(self):
        ticket = self.revisited(self.to_revisit(), "very_satisfied", remark="很快")
        answer = ticket.revisit_ids.sudo().user_input_id
        self.assertEqual(answer.state, "done")
        self.assertEqual(
            answer.user_input_line_ids.suggested_answer_id, self.env.ref("rural_complaint.answer_very_satisfied")
        )
        self.assertIn("很快", answer.user_input_line_ids.mapped("value_text_box"))

    def test_ma40_a_revisit_comes_after_the_completion(self):
        ticket = self.to_revisit()
        with self.assertRaisesRegex(UserError, "before what it asks about"):
            self.revisited(ticket, visited_at="2023-06-01 00:00:00")
        with self.assertRaisesRegex(UserError, "in the future"):
            self.revisited(ticket, visited_at="2023-07-01 00:00:00")
