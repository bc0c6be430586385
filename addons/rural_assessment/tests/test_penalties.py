from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.rural_base.deadlines import deadline

from .common import AssessmentCase


class TestPenalties(AssessmentCase):
    """SC-17: recorded, heard, decided by a second person, appealed once, final."""

    def setUp(self):
        super().setUp()
        self.deposit = self.pay_deposit(5000)

    # ------------------------------------------------------------------
    # Recording and hearing
    # ------------------------------------------------------------------

    def test_sc17_case_takes_the_default_action_of_the_catalogue(self):
        case = self.record("w02")
        self.assertEqual((case.state, case.action, case.amount), ("draft", "deduction", 1000))
        self.assertRegex(case.name, r"^WG2022\d{4}$")
        self.assertEqual(case.recorded_by_id, self.operations)
        suspension = self.record("w05")
        self.assertEqual((suspension.action, suspension.suspension_days, suspension.amount), ("suspension", 30, 0))

    def test_sc17_no_violation_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "future"):
            self.record(occurred_on="2023-01-11")

    def test_sc17_center_is_heard_before_a_decision(self):
        case = self.record()
        with self.assertRaisesRegex(UserError, "day on which the party was heard"):
            case.action_hear()
        case.heard_on = "2023-01-05"
        with self.assertRaisesRegex(UserError, "what the party said"):
            case.action_hear()
        with self.assertRaisesRegex(UserError, "is “Recorded”"):
            self.decide(case)
        case.did_not_appear = True
        case.action_hear()
        self.assertEqual((case.state, case.heard_by_id), ("heard", self.operations))

    def test_sc17_facts_stay_once_the_center_was_heard(self):
        case = self.hear(self.record())
        with self.assertRaisesRegex(UserError, "is “Heard”"):
            case.description = "改写"
        with self.assertRaisesRegex(UserError, "kept for ever"):
            case.unlink()
        with self.assertRaisesRegex(UserError, "buttons only"):
            case.state = "final"

    def test_sc17_evidence_belongs_to_the_case_and_not_to_another_record(self):
        File = self.env["ir.attachment"].with_user(self.operations)
        screenshot = File.create({"name": "截图.png", "raw": b"1"})
        case = self.record(attachment_ids=[(6, 0, screenshot.ids)])
        self.assertEqual((screenshot.res_model, screenshot.res_id), (case._name, case.id))
        self.assertEqual(case.with_user(self.director).attachment_ids.raw, b"1")
        letter = File.sudo().create(
            {"name": "来信.pdf", "res_model": "res.partner", "res_id": self.company.partner_id.id}
        )
        with self.assertRaisesRegex(UserError, "belongs to another record"):
            case.attachment_ids = [(4, letter.id)]

    def test_sc17_no_center_is_heard_before_the_violation(self):
        with self.assertRaisesRegex(ValidationError, "before the violation"):
            self.record().heard_on = "2022-12-14"

    # ------------------------------------------------------------------
    # Decision
    # ------------------------------------------------------------------

    def test_sc17_second_person_decides(self):
        case = self.hear(self.record())
        with self.assertRaises(AccessError):
            self.decide(case, self.operations)
        own = self._new_user("a_own", "rural_base.group_operations_manager")
        mine = self.hear(self.record().with_user(own))
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.decide(mine, own)
        self.decide(case)
        self.assertEqual((case.state, case.decided_by_id), ("decided", self.director))
        self.assertEqual(case.appeal_deadline, deadline(datetime(2023, 1, 10, 2), 10))

    def test_sc17_decision_needs_reasons_and_a_possible_measure(self):
        case = self.hear(self.record())
        by_director = case.with_user(self.director)
        with self.assertRaisesRegex(UserError, "Say why"):
            by_director._decide("warning", 0, 0, " ")
        with self.assertRaisesRegex(UserError, "amount"):
            by_director._decide("deduction", 0, 0, "理由")
        with self.assertRaisesRegex(UserError, "number of days"):
            by_director._decide("suspension", 0, 0, "理由")
        without = self.hear(self.record(center=self.tongcheng))
        with self.assertRaisesRegex(UserError, "has no deposit"):
            without.with_user(self.director)._decide("deduction", 10, 0, "理由")

    def test_sc17_decider_may_choose_another_measure(self):
        case = self.decided(action="warning")
        self.assertEqual((case.action, case.amount, case.first_action), ("warning", 0, "warning"))

    def test_sc17_decision_has_no_effect_before_it_is_final(self):
        case = self.decided()
        self.assertFalse(case.movement_id)
        self.assertEqual(self.deposit.balance, 5000)

    def test_sc17_decision_is_final_when_the_days_to_appeal_are_over(self):
        case = self.decided()
        self.env["rural.penalty.case"]._cron_make_final()
        self.assertEqual(case.state, "decided")
        with freeze_time(case.appeal_deadline + timedelta(seconds=1)):
            self.env["rural.penalty.case"]._cron_make_final()
        self.assertEqual(case.state, "final")
        self.assertEqual(case.movement_id.state, "requested")

    def test_sc17_decision_is_final_when_the_center_accepts(self):
        case = self.decided("w01")
        action = case.with_user(self.deputy).action_accept()
        Wizard = self.env[action["res_model"]].with_user(self.deputy).with_context(**action["context"])
        Wizard.create({"reason": "中心 1 月 9 日来函，负责人签字"}).action_apply()
        self.assertEqual((case.state, case.accepted_on.isoformat()), ("final", "2023-01-10"))
        self.assertEqual((case.accepted_by_id, case.acceptance), (self.deputy, "中心 1 月 9 日来函，负责人签字"))

    def test_sc17_nobody_who_worked_on_the_case_accepts_for_the_center(self):
        case = self.decided()
        for user in (self.operations, self.director):
            for step in (lambda by: by._accept("来函"), lambda by: by.action_accept()):
                with self.subTest(user=user.login), self.assertRaisesRegex(UserError, "Somebody else"):
                    step(case.with_user(user))
        with self.assertRaisesRegex(UserError, "Say why"):
            case.with_user(self.deputy)._accept(" ")
        self.assertTrue(case.can_appeal)

    # ------------------------------------------------------------------
    # Appeal
    # ------------------------------------------------------------------

    def _appealed(self, violation="w02", **measure):
        case = self.decided(violation, **measure)
        case.with_user(self.operations)._appeal("页面上线不足一小时即撤下")
        return case

    def test_sc17_appeal_stops_the_effect(self):
        case = self._appealed()
        self.assertEqual(case.state, "appealed")
        with freeze_time(case.appeal_deadline + timedelta(days=1)):
            self.env["rural.penalty.case"]._cron_make_final()
        self.assertEqual(case.state, "appealed")
        with self.assertRaisesRegex(UserError, "is “Appealed”"):
            case.with_user(self.deputy).action_accept()

    def test_sc17_one_appeal_only(self):
        case = self._appealed()
        with self.assertRaisesRegex(UserError, "One appeal is possible"):
            case.with_user(self.operations)._appeal("再次申诉")
        case.with_user(self.deputy)._decide_appeal("upheld", "维持原决定")
        with self.assertRaisesRegex(UserError, "One appeal is possible"):
            case.with_user(self.operations)._appeal("再次申诉")

    def test_sc17_no_appeal_after_the_deadline_or_without_reasons(self):
        case = self.decided()
        with self.assertRaisesRegex(UserError, "Say why"):
            case.with_user(self.operations)._appeal("")
        self.assertTrue(case.can_appeal)
        with freeze_time(case.appeal_deadline + timedelta(seconds=1)), self.assertRaisesRegex(UserError, "until"):
            case.with_user(self.operations)._appeal("逾期")

    def test_sc17_appeal_is_answered_by_another_person(self):
        case = self._appealed()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            case.with_user(self.director)._decide_appeal("upheld", "维持")
        with self.assertRaises(AccessError):
            case.with_user(self.operations)._decide_appeal("upheld", "维持")
        case.with_user(self.deputy)._decide_appeal("upheld", "事实清楚，维持原决定")
        self.assertEqual((case.state, case.appeal_result), ("final", "upheld"))
        self.assertEqual(case.movement_id.amount, 1000)

    def test_sc17_appeal_makes_it_milder_and_never_worse(self):
        case = self._appealed()
        for measure in (("deduction", 1000, 0), ("deduction", 1500, 0), ("suspension", 0, 1), ("termination", 0, 0)):
            with self.assertRaisesRegex(UserError, "cannot make it worse"):
                case.with_user(self.deputy)._decide_appeal("changed", "理由", *measure)
        case.with_user(self.deputy)._decide_appeal("changed", "及时撤下，减轻", "deduction", 400, 0)
        self.assertEqual((case.state, case.amount, case.first_amount), ("final", 400, 1000))
        self.assertEqual(case.movement_id.amount, 400)

    def test_sc17_a_milder_kind_has_its_limit(self):
        case = self._appealed(violation="w08")
        with self.assertRaisesRegex(UserError, "5,000.00 can be deducted at most"):
            case.with_user(self.deputy)._decide_appeal("changed", "减轻", "deduction", 5000.01, 0)
        with self.assertRaisesRegex(UserError, "60 days at most"):
            case.with_user(self.deputy)._decide_appeal("changed", "减轻", "suspension", 0, 61)
        case.with_user(self.deputy)._decide_appeal("changed", "减轻", "suspension", 0, 60)
        self.assertEqual((case.state, case.action, case.suspension_days), ("final", "suspension", 60))

    def test_sc17_appeal_revokes_the_decision(self):
        case = self._appealed()
        case.with_user(self.deputy)._decide_appeal("revoked", "证据不足")
        self.assertEqual((case.state, case.cancel_reason), ("cancelled", "证据不足"))
        self.assertFalse(case.movement_id)

    # ------------------------------------------------------------------
    # Cancellation
    # ------------------------------------------------------------------

    def test_sc17_case_is_cancelled_with_a_reason_before_it_is_final(self):
        case = self.hear(self.record())
        with self.assertRaises(AccessError):
            case.with_user(self.operations)._cancel("误登记")
        with self.assertRaisesRegex(UserError, "Say why"):
            case.with_user(self.director)._cancel("")
        case.with_user(self.director)._cancel("误登记")
        self.assertEqual(case.state, "cancelled")
        final = self.decided("w01")
        self.accept(final)
        with self.assertRaisesRegex(UserError, "is “Final”"):
            final.with_user(self.director)._cancel("误登记")

    def test_sc17_each_step_leaves_a_line_in_the_chatter(self):
        case = self._appealed()
        case.with_user(self.deputy)._decide_appeal("upheld", "维持原决定")
        text = " ".join(case.message_ids.mapped("body"))
        for expected in ("事实清楚", "页面上线不足一小时", "维持原决定", "Final"):
            self.assertIn(expected, text)

    def test_sc17_center_is_told_by_mail(self):
        self.lichuan.partner_id.email = "lichuan@example.com"
        case = self.decided()
        told = case.message_ids.notified_partner_ids | case.message_ids.partner_ids
        self.assertIn(self.lichuan.partner_id, told)

    def test_sc17_wizards_lead_through_the_case(self):
        case = self.hear(self.record())
        action = case.with_user(self.director).action_decide()
        Wizard = self.env[action["res_model"]].with_user(self.director).with_context(**action["context"])
        wizard = Wizard.create({"reason": "事实清楚"})
        self.assertEqual((wizard.action, wizard.amount, wizard.deposit_balance), ("deduction", 1000, 5000))
        wizard.action_decide()
        action = case.with_user(self.operations).action_appeal()
        self.env[action["res_model"]].with_user(self.operations).with_context(**action["context"]).create(
            {"reason": "不服"}
        ).action_apply()
        action = case.with_user(self.deputy).action_decide_appeal()
        self.env[action["res_model"]].with_user(self.deputy).with_context(**action["context"]).create(
            {"result": "changed", "action": "warning", "answer": "改为警告"}
        ).action_decide()
        self.assertEqual((case.state, case.action), ("final", "warning"))
