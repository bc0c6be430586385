from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import ComplaintCase


class TestPenalties(ComplaintCase):
    """MA-41: who pays what."""

    def test_ma41_unfounded_costs_nobody(self):
        ticket = self.investigated(finding="unfounded")
        self.form(ticket, self.leader).action_done()
        self.assertEqual(self.penalties(ticket), {})

    def test_ma41_founded_and_accepted_costs_50_and_25(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        self.assertEqual(self.penalties(ticket), {"方磊": 50, "罗志强": 25})
        self.assertTrue(ticket.sudo().is_accepted)

    def test_ma41_a_plan_refused_first_and_accepted_later_is_accepted(self):
        ticket = self.viewed(self.answered(self.investigated()), "refused")
        self.carried_out(self.viewed(self.answered(ticket)))
        self.filed(self.revisited(ticket))
        self.assertEqual(self.penalties(ticket), {"方磊": 50, "罗志强": 25})
        self.assertTrue(ticket.sudo().is_accepted)

    def test_ma41_a_plan_accepted_and_a_merchant_not_satisfied_costs_100_and_50(self):
        ticket = self.viewed(self.answered(self.investigated()), "refused")
        self.carried_out(self.viewed(self.answered(ticket)))
        self.revisited(ticket, "dissatisfied")
        self.investigated(ticket=ticket, finding="unfounded")
        self.filed(ticket)
        self.assertEqual(self.penalties(ticket), {"方磊": 100, "罗志强": 50})
        self.assertFalse(ticket.sudo().is_accepted)

    def test_ma41_the_head_is_who_answered_the_slip(self):
        other_user = self._new_user("c_other_head", "base.group_user")
        other = self._new_employee("钱主管", other_user)
        ticket = self.investigated()
        self.form(ticket).write({"head_id": other.id})
        slip = self.form(ticket)
        slip.action_send()
        mine = slip.with_user(other_user)
        mine.write({"answer": "装车时漏点。", "plan": "补送两箱并道歉。", "plan_due": date(2023, 6, 14)})
        mine.action_done()
        self.viewed(ticket)
        form = self.form(ticket, other_user)
        form.carried_out = "已补送两箱。"
        form.action_done()
        self.filed(self.revisited(ticket))
        self.assertEqual(self.penalties(ticket), {"方磊": 50, "钱主管": 25})

    def test_ma41_a_merchant_who_was_not_satisfied_costs_100_and_50_once(self):
        ticket = self.revisited(self.to_revisit(), "dissatisfied")
        self.carried_out(self.viewed(self.answered(self.investigated(ticket=ticket))))
        self.filed(self.revisited(ticket))
        self.assertEqual(self.penalties(ticket), {"方磊": 100, "罗志强": 50})

    def test_ma41_who_takes_over_in_the_second_round_pays_for_that_one(self):
        other = self._new_employee("周强")
        ticket = self.revisited(self.to_revisit(), "dissatisfied")
        self.carried_out(self.viewed(self.answered(self.investigated(ticket=ticket, person=other))))
        self.filed(self.revisited(ticket))
        self.assertEqual(self.penalties(ticket), {"方磊": 100, "周强": 50, "罗志强": 50})

    def test_ma41_unfounded_in_the_second_round_leaves_what_the_first_found(self):
        ticket = self.revisited(self.to_revisit(), "dissatisfied")
        self.investigated(ticket=ticket, finding="unfounded")
        self.filed(ticket)
        self.assertEqual(self.penalties(ticket), {"方磊": 100, "罗志强": 50})

    def test_ma41_nothing_is_written_before_it_is_closed(self):
        ticket = self.revisited(self.to_revisit())
        self.assertFalse(ticket.sudo().penalty_ids)

    def test_ma41_the_month_is_that_of_closing_in_china(self):
        ticket = self.revisited(self.to_revisit())
        with freeze_time("2023-06-30 16:30:00"):
            self.filed(ticket)
        self.assertEqual(set(ticket.sudo().penalty_ids.mapped("month")), {date(2023, 7, 1)})

    def test_ma41_the_amounts_are_those_of_the_day(self):
        parameter = self.env.ref("rural_complaint.parameter_complaint_penalty_person_accepted")
        parameter.value_ids._change_from(date(2023, 6, 20), value=80)
        early, late = self.revisited(self.to_revisit()), self.revisited(self.to_revisit())
        self.filed(early)
        with freeze_time("2023-06-20 02:00:00"):
            self.filed(late)
        self.assertEqual((self.penalties(early)["方磊"], self.penalties(late)["方磊"]), (50, 80))

    def test_ma41_a_penalty_explains_itself(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        penalty = ticket.sudo().penalty_ids.filtered(lambda penalty: penalty.kind == "person")
        self.assertEqual(penalty.clause_id.code, "MA-41")
        self.assertEqual(penalty.parameter, penalty.parameter_value_id)
        for expected in ("50", ticket.number, "accepted"):
            self.assertIn(expected, penalty.explanation)

    def test_ma41_a_penalty_is_never_changed_nor_made_by_hand(self):
        penalty = self.filed(self.revisited(self.to_revisit())).sudo().penalty_ids[0]
        for user in (self.leader, self.officer):
            with self.assertRaises(UserError):
                penalty.with_user(user).amount = 1
        with self.assertRaises(UserError):
            penalty.amount = 1
        with self.assertRaises(UserError):
            penalty.unlink()
        with self.assertRaises(UserError):
            penalty.with_user(self.leader).create({"ticket_id": penalty.ticket_id.id})

    def test_ma41_nobody_pays_twice_for_a_complaint(self):
        penalty = self.filed(self.revisited(self.to_revisit())).sudo().penalty_ids[0]
        vals = penalty._prepare_vals(penalty.ticket_id, penalty.employee_id.id, "person", True)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            penalty.create(vals)

    # ------------------------------------------------------------------
    # Cancelling
    # ------------------------------------------------------------------

    def _cancelled(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        penalty = ticket.sudo().penalty_ids.filtered(lambda penalty: penalty.kind == "person")
        return penalty, penalty.with_user(self.leader)._request_cancellation("方磊当天休假")

    def test_ma41_a_counter_record_takes_a_penalty_back(self):
        penalty, counter = self._cancelled()
        self.assertEqual((counter.amount, counter.state), (-50, "requested"))
        self.assertFalse(penalty.is_cancelled)
        with freeze_time("2023-07-03 02:00:00"):
            counter.with_user(self.leader2).action_confirm()
        self.assertEqual((counter.state, counter.month), ("confirmed", date(2023, 7, 1)))
        self.assertTrue(penalty.is_cancelled)
        self.assertEqual((penalty.amount, penalty.month), (50, date(2023, 6, 1)))
        self.assertEqual(counter.parameter_value_id, penalty.parameter_value_id)

    def test_ma41_who_asks_does_not_confirm(self):
        _penalty, counter = self._cancelled()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            counter.with_user(self.leader).action_confirm()
        with self.assertRaises(AccessError):
            counter.with_user(self.officer).action_confirm()

    def test_ma41_nobody_takes_the_own_penalty_back(self):
        self.head_user.group_ids += self.env.ref("rural_complaint.group_complaint_head")
        ticket = self.filed(self.revisited(self.to_revisit()))
        penalty = ticket.sudo().penalty_ids.filtered(lambda penalty: penalty.kind == "head")
        with self.assertRaisesRegex(UserError, "is your own"):
            penalty.with_user(self.head_user)._request_cancellation("不是我")
        counter = penalty.with_user(self.leader)._request_cancellation("当天休假")
        for step in ("action_confirm", "action_reject"):
            with self.assertRaisesRegex(UserError, "is your own"):
                getattr(counter.with_user(self.head_user), step)()
        counter.with_user(self.leader2).action_confirm()
        self.assertTrue(penalty.is_cancelled)

    def test_ma41_a_refused_cancellation_leaves_the_penalty(self):
        penalty, counter = self._cancelled()
        with self.assertRaisesRegex(UserError, "Say why"):
            counter.with_user(self.leader2)._reject(" ")
        step = counter.with_user(self.leader2).action_reject()
        self.assertEqual((counter.state, step["res_model"]), ("requested", "rural.step.reason"))
        counter.with_user(self.leader2)._reject("考勤记录无误")
        self.assertEqual((penalty.is_cancelled, counter.state), (False, "refused"))
        self.assertEqual(counter.decision_reason, "考勤记录无误")
        penalty.with_user(self.leader)._request_cancellation("补充考勤记录")

    def test_ma41_a_penalty_is_taken_back_once(self):
        penalty, counter = self._cancelled()
        with self.assertRaisesRegex(UserError, "cancelled already"):
            penalty.with_user(self.leader2)._request_cancellation("再来一次")
        counter.with_user(self.leader2).action_confirm()
        with self.assertRaises(UserError):
            counter.with_user(self.leader)._request_cancellation("撤销撤销")

    def test_ma41_a_cancellation_has_a_reason(self):
        penalty = self.filed(self.revisited(self.to_revisit())).sudo().penalty_ids[0]
        with self.assertRaisesRegex(UserError, "Say why"):
            penalty.with_user(self.leader)._request_cancellation(" ")
        with self.assertRaises(AccessError):
            penalty.with_user(self.officer)._request_cancellation("理由")
