from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AssessmentCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 04:00:00")
class TestResults(AssessmentCase):
    """What a confirmed form leads to, and what becomes of a proposal (ST-07, ST-09, ST-10)."""

    def confirmed(self, **vals):
        form = self.signed(self.form(), **vals)
        self.as_user(form, self.manager).action_confirm()
        return form

    def order(self, **vals):
        return self.as_user(self.env["rural.station.rectification"], self.clerk).create(
            {"station_id": self.station.id, "what": "货架空置", "due_on": "2026-04-20", **vals}
        )

    def failed(self):
        order = self.order()
        order.action_order()
        with freeze_time("2026-04-20 04:00:00"):
            self.as_user(order, self.manager)._fail("货架仍空置")
        return order.with_env(self.env)

    def test_st09_upgrade(self):
        self.confirmed(result="upgrade", result_note="服务好")
        self.assertEqual((self.station.grade, self.other.grade), ("model", "standard"))
        with self.assertRaises(UserError):
            self.as_user(self.env["rural.station.rectification"], self.clerk).create(
                {"station_id": self.station.id, "what": "无", "due_on": "2026-04-01"}
            ).action_order()

    def test_st09_keep_changes_nothing(self):
        self.confirmed()
        self.assertEqual(self.station.grade, "standard")
        self.assertFalse(self.station.rectification_ids or self.station.exit_ids)

    def test_st09_rectify_orders_it_with_a_day_and_reminds_somebody_else(self):
        form = self.confirmed(result="rectify", result_note="货架空置", rectify_by="2026-04-20")
        order = self.station.rectification_ids
        self.assertEqual((order.state, order.due_on, order.assessment_id), ("ordered", date(2026, 4, 20), form))
        self.assertEqual(order.activity_ids.user_id, self.clerk)
        self.assertEqual(order.activity_ids.date_deadline, date(2026, 4, 20))
        self.assertIn(self.partner_user.partner_id, order.message_ids.partner_ids)

    def test_st09_a_day_that_is_over_is_no_day_to_put_it_right_by(self):
        form = self.signed(self.form(), result="rectify", result_note="货架空置", rectify_by="2026-04-10")
        with freeze_time("2026-04-10 04:00:00"), self.assertRaisesRegex(UserError, "lies ahead"):
            self.as_user(form, self.manager).action_confirm()

    def test_st10_the_re_check_is_another_person_s_and_waits_for_its_day(self):
        order = self.order()
        order.action_order()
        with freeze_time("2026-04-21 04:00:00"), self.assertRaisesRegex(UserError, "Somebody else"):
            order._fail("未整改")
        with self.assertRaisesRegex(UserError, "has until"):
            self.as_user(order, self.manager)._fail("未整改")
        with self.assertRaisesRegex(UserError, "Say why"):
            self.as_user(order, self.manager)._pass(" ")
        self.as_user(order, self.manager)._pass("货架已补齐")
        self.assertEqual((order.state, order.checked_by_id), ("passed", self.manager))
        self.assertFalse(order.activity_ids)
        with self.assertRaises(UserError):
            order.what = "另写"

    def test_st10_below_standard_needs_a_rectification_in_vain(self):
        exits = self.as_user(self.env["rural.station.exit"], self.clerk)
        vals = {"station_id": self.station.id, "kind": "below_standard", "reason": "不达标"}
        with self.assertRaisesRegex(UserError, "ST-10"), self.env.cr.savepoint():
            exits.create(vals)
        order = self.order()
        order.action_order()
        with self.assertRaisesRegex(UserError, "ST-10"), self.env.cr.savepoint():
            exits.create({**vals, "rectification_id": order.id})
        other = self.order(station_id=self.other.id)
        with self.assertRaisesRegex(UserError, "another station"), self.env.cr.savepoint():
            exits.create({**vals, "kind": "voluntary", "rectification_id": other.id})
        with freeze_time("2026-04-20 04:00:00"):
            self.as_user(order, self.manager)._fail("未整改")
            leaving = exits.create({**vals, "rectification_id": order.id})
            self.as_user(leaving, self.manager).action_decide()
        self.assertEqual((leaving.state, self.station.closed_on), ("running", date(2026, 4, 20)))

    def test_st10_the_form_clears_out_after_a_rectification_in_vain_only(self):
        form = self.form()
        cleared = {"result": "clear_out", "result_note": "整改无效", "last_day": "2026-04-30"}
        with self.assertRaisesRegex(UserError, "choose “Rectify” first"):
            self.assessed(form, **cleared)
        order = self.failed()
        with freeze_time("2026-04-21 04:00:00"):
            self.assessed(form, **cleared)
            self.sign(form, day=date(2026, 4, 21))
            self.as_user(form, self.manager).action_confirm()
        leaving = order.exit_ids
        self.assertEqual((leaving.kind, leaving.state, leaving.assessment_id), ("below_standard", "running", form))
        self.assertEqual((leaving.requested_by_id, leaving.decided_by_id), (self.clerk, self.manager))
        self.assertEqual(self.station.closed_on, date(2026, 4, 30))

    def test_st10_no_station_leaves_in_the_past_or_twice(self):
        exits = self.as_user(self.env["rural.station.exit"], self.clerk)
        vals = {"station_id": self.station.id, "reason": "外出务工"}
        with self.assertRaisesRegex(UserError, "in the past"), self.env.cr.savepoint():
            exits.create({**vals, "last_day": "2026-03-31"})
        with self.assertRaisesRegex(UserError, "penalty case"):
            exits.create({**vals, "kind": "dishonest"})
        leaving = exits.create({**vals, "last_day": "2026-04-30"})
        with self.assertRaises(AccessError):
            leaving.action_decide()
        with (
            freeze_time("2026-05-02 04:00:00"),
            self.assertRaisesRegex(UserError, "in the past"),
            self.env.cr.savepoint(),
        ):
            self.as_user(leaving, self.manager).action_decide()

    def test_st10_who_asks_does_not_decide(self):
        leaving = self.as_user(self.env["rural.station.exit"], self.manager).create(
            {"station_id": self.station.id, "reason": "外出务工"}
        )
        with self.assertRaisesRegex(UserError, "Somebody else"):
            leaving.action_decide()
        self.assertFalse(leaving.can_decide)

    def test_st10_a_partner_asks_for_the_own_station_only(self):
        exits = self.as_user(self.env["rural.station.exit"], self.partner_user)
        with self.assertRaisesRegex(AccessError, "not yours"):
            exits._ask_as_partner(self.other, "2026-04-30", "外出务工")
        with self.assertRaisesRegex(UserError, "Say why"):
            exits._ask_as_partner(self.station, "2026-04-30", "")
        with self.assertRaises(AccessError):
            exits.create({"station_id": self.station.id, "reason": "外出务工"})
        leaving = exits._ask_as_partner(self.station, "2026-04-30", "外出务工")
        self.assertEqual((leaving.requested_by_id, leaving.state), (self.partner_user, "requested"))
        self.as_user(leaving, self.manager).action_decide()
        self.assertEqual(self.station.closed_on, date(2026, 4, 30))

    # ------------------------------------------------------------------
    # Proposals
    # ------------------------------------------------------------------

    def proposal(self):
        """ZD001 is last in January, February and March."""
        for month in (1, 2, 3):
            self.load_platform(
                self.sold(f"A{month}", "1.00", day=f"2026-0{month}-10"),
                self.sold(f"B{month}", "90.00", day=f"2026-0{month}-10", station="ZD002"),
            )
            self.publish(date(2026, month, 1))
        return self.env["rural.station.elimination"].search([("station_id", "=", self.station.id)])

    def asked(self, proposal, measure="clear_out", **vals):
        self.as_user(proposal, self.clerk)._request(measure, "连续三个月末位", date(2026, 4, 30), **vals)

    def test_st07_one_person_asks_and_another_clears_out(self):
        proposal = self.proposal()
        self.assertEqual(proposal.state, "proposed")
        with self.assertRaisesRegex(UserError, "in the past"), self.env.cr.savepoint():
            self.as_user(proposal, self.clerk)._request("clear_out", "末位", date(2026, 3, 31))
        with self.assertRaisesRegex(UserError, "no more can be withheld"):
            self.asked(proposal, withheld=0.01)
        self.asked(proposal)
        with self.assertRaises(AccessError):
            self.as_user(proposal, self.clerk).action_decide()
        self.as_user(proposal, self.manager).action_decide()
        self.assertEqual((proposal.state, proposal.exit_id.state), ("cleared_out", "running"))
        self.assertEqual(proposal.exit_id.requested_by_id, self.clerk)
        self.assertEqual(self.station.closed_on, date(2026, 4, 30))

    def test_st07_who_asks_does_not_decide(self):
        proposal = self.proposal()
        self.as_user(proposal, self.manager)._request("keep", "新开路段")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(proposal, self.manager).action_decide()

    def test_st07_a_withdrawn_proposal_is_not_carried_out(self):
        proposal = self.proposal()
        self.asked(proposal)
        self.load_platform(self.sold("A9", "500.00", day="2026-03-11"))
        self.publish()
        self.assertEqual(proposal.state, "withdrawn")
        with self.assertRaisesRegex(UserError, "possible for"):
            self.as_user(proposal, self.manager).action_decide()
        with self.assertRaisesRegex(UserError, "possible for"):
            self.asked(proposal)
        self.assertFalse(self.station.closed_on)

    def test_st07_kept_stays_kept_and_a_later_window_is_proposed_anew(self):
        proposal = self.proposal()
        self.as_user(proposal, self.clerk)._request("keep", "新开路段")
        self.as_user(proposal, self.manager).action_decide()
        self.assertEqual((proposal.state, proposal.reason), ("kept", "新开路段"))
        with freeze_time("2026-05-02 04:00:00"):
            self.load_platform(self.sold("B4", "90.00", day="2026-04-10", station="ZD002"))
            self.publish(date(2026, 4, 1))
        proposals = self.env["rural.station.elimination"].search([("station_id", "=", self.station.id)])
        self.assertEqual(sorted(proposals.mapped("state")), ["kept", "proposed"])
        self.assertEqual((proposals - proposal).last_month, date(2026, 4, 1))

    def test_st07_what_is_refused_stays_proposed(self):
        proposal = self.proposal()
        self.asked(proposal)
        self.as_user(proposal, self.manager)._refuse("先约谈")
        self.assertEqual((proposal.state, proposal.measure), ("proposed", False))
        self.asked(proposal, "keep")
        self.assertEqual(proposal.state, "requested")

    def test_st07_the_form_carries_the_proposal_out(self):
        proposal = self.proposal()
        form = self.form()
        self.assertIn("proposed for elimination", form.to_consider)
        self.signed(form, result="clear_out", result_note="连续末位", last_day="2026-04-30")
        self.as_user(form, self.manager).action_confirm()
        self.assertEqual((proposal.state, proposal.decided_by_id), ("cleared_out", self.manager))
        self.assertEqual(proposal.exit_id.assessment_id, form)
