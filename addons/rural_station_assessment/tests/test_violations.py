from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .test_exit import ExitCase

NUMBER = "430181198001010017"


@tagged("post_install", "-at_install")
class TestViolations(ExitCase):
    """A violation by a station's partner, from record to what it leads to (ST-09, ST-10, SC-17)."""

    def case(self, code="violation_z03", **vals):
        case = (
            self.env["rural.penalty.case"]
            .with_user(self.operations)
            .create(
                {
                    "station_id": self.station.id,
                    "violation_id": self.env.ref(f"rural_station_assessment.{code}").id,
                    "occurred_on": "2022-06-20",
                    "description": "虚报交易",
                    "heard_on": "2022-06-25",
                    "hearing": "承认",
                    **vals,
                }
            )
        )
        case.action_hear()
        return case.with_env(self.env)

    def final(self, case, action="termination", amount=0):
        case.with_user(self.director)._decide(action, amount, 0, "事实清楚")
        case._make_final()
        return case

    def test_st09_a_warning_changes_nothing(self):
        case = self.final(self.case("violation_z01"), "warning")
        self.assertEqual((case.partner_id, case.deposit_id), (self.lichuan, self.lodged))
        self.assertFalse(self.station.exit_ids or self.station.closed_on)

    def test_st09_a_deduction_of_the_station_s_deposit(self):
        self.lodge()
        case = self.final(self.case("violation_z02"), "deduction", 300)
        second = self._new_user("d_director_2", "rural_base.group_operations_manager")
        case.movement_id.with_user(second).action_approve()
        self.post(case.movement_id)
        self.assertEqual(self.lodged.balance, 1700)

    def test_st10_gravely_dishonest_leaves_at_once_and_never_again(self):
        self.lodge()
        self.agreement.id_number = NUMBER
        case = self.case("violation_z04", withheld=1200)
        self.assertTrue(case.never_again)
        self.final(case)
        leaving = case.station_exit_id
        self.assertEqual((leaving.kind, leaving.state, leaving.case_id), ("dishonest", "running", case))
        self.assertEqual((self.station.closed_on, self.agreement.state), (date(2022, 7, 1), "ended"))
        self.assertEqual((leaving.deduction_id.amount, leaving.requested_by_id), (1200, self.operations))
        blacklist = self.env["rural.station.blacklist"]
        self.assertEqual(blacklist._find(self.company, NUMBER), case.blacklist_id)
        self.assertEqual(case.blacklist_id.state, "listed")

    def test_st10_an_exit_that_was_asked_for_becomes_the_termination(self):
        leaving = self.env["rural.station.exit"].with_user(self.operations)
        leaving = leaving.create({"station_id": self.station.id, "reason": "外出务工", "last_day": "2022-07-31"})
        case = self.final(self.case())
        self.assertEqual(case.station_exit_id, leaving)
        self.assertEqual((leaving.kind, leaving.state, leaving.last_day), ("dishonest", "running", date(2022, 7, 1)))
        self.assertFalse(case.blacklist_id)

    def test_st09_a_later_decision_withholds_what_is_missing(self):
        self.lodge()
        self.agreement.id_number = NUMBER
        leaving = self.exit(withheld=100, last_day="2022-07-31")
        self.final(self.case("violation_z04", withheld=600))
        self.assertEqual((leaving.kind, leaving.withheld), ("dishonest", 600))
        self.assertEqual(sorted(leaving.deduction_ids.mapped("amount")), [100, 500])
        leaving._end_work()
        self.assertEqual(sum(leaving.deduction_ids.mapped("amount")), 600)

    def test_st09_a_later_decision_takes_no_deduction_back(self):
        self.lodge()
        leaving = self.exit(withheld=700, last_day="2022-07-31")
        self.final(self.case(withheld=200))
        self.assertEqual((leaving.withheld, sum(leaving.deduction_ids.mapped("amount"))), (700, 700))

    def test_st10_who_has_left_is_put_on_the_blacklist_all_the_same(self):
        self.agreement.id_number = NUMBER
        leaving = self.exit(last_day="2022-06-30")
        self.close(leaving)
        case = self.final(self.case("violation_z04"))
        self.assertFalse(case.station_exit_id)
        self.assertTrue(case.blacklist_id)

    def test_dp04_an_open_case_keeps_the_deposit(self):
        self.lodge()
        leaving = self.exit(last_day="2022-06-30")
        case = self.case("violation_z02")
        with self.assertRaisesRegex(UserError, case.name):
            self.close(leaving)
        case.with_user(self.director)._cancel("证据不足")
        self.close(leaving)
        self.assertEqual(leaving.state, "done")

    def test_st09_no_more_is_withheld_than_is_lodged(self):
        self.lodge(500)
        case = self.case(withheld=500.01)
        with self.assertRaisesRegex(UserError, "no more can be withheld"):
            self.final(case)

    def test_st09_a_station_is_not_suspended(self):
        with self.assertRaises(ValidationError):
            self.final(self.case(), "suspension")

    def test_st09_what_the_decider_chooses_counts(self):
        self.lodge()
        case = self.case("violation_z04", withheld=2000)
        wizard = (
            self.env["rural.penalty.case.decide"]
            .with_user(self.director)
            .create({"case_id": case.id, "reason": "已退赔"})
        )
        self.assertEqual((wizard.action, wizard.withheld, wizard.never_again), ("termination", 2000, True))
        wizard.write({"withheld": 500, "never_again": False})
        wizard.action_decide()
        self.assertEqual((case.withheld, case.never_again, case.decided_by_id), (500, False, self.director))
        self.assertIn("扣除保证金 500.00 元", case._printed_measure())
        self.assertNotIn("永久", case._printed_measure())
