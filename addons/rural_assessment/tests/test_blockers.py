from odoo.exceptions import UserError

from odoo.addons.rural_settlement.tests.common import JANUARY

from .common import AssessmentCase


class TestBlockers(AssessmentCase):
    """DP-04: no refund while a penalty or a statement of the center is open; the screen names each."""

    def setUp(self):
        super().setUp()
        self.deposit = self.pay_deposit(5000)
        leaving = self.env["rural.center.exit"].create({"center_id": self.lichuan.id, "reason": "自愿退出"})
        leaving.with_user(self.director)._terminate()
        self.assertEqual(self.blockers(), [])

    def blockers(self):
        return self.deposit._refund_blockers()

    def refund(self):
        return self.deposit.with_user(self.operations)._request("refund", 5000, "退出", document="申请")

    def test_dp04_open_penalty_blocks_the_refund(self):
        case = self.record("w01")
        self.assertEqual(self.blockers(), [f"Penalty case {case.name} is “Recorded”."])
        with self.assertRaisesRegex(UserError, case.name):
            self.refund()
        self.decide(self.hear(case))
        self.assertEqual(self.blockers(), [f"Penalty case {case.name} is “Decided”."])
        self.accept(case)
        self.assertEqual(self.blockers(), [])

    def test_dp04_cancelled_penalty_blocks_nothing(self):
        case = self.hear(self.record("w01"))
        case.with_user(self.director)._cancel("误登记")
        self.assertEqual(self.blockers(), [])

    def test_dp04_deduction_blocks_until_it_is_posted(self):
        case = self.decided()
        self.accept(case)
        self.assertIn(case.movement_id.name, self.blockers()[0])
        case.movement_id.with_user(self.deputy)._refuse("单据不全")
        self.assertIn("request it again", self.blockers()[0])
        case.with_user(self.director).action_request_again()
        self.post_deduction(case)
        self.assertEqual(self.blockers(), [])

    def test_dp04_statement_blocks_until_it_is_paid(self):
        self.load(self.row("A1", 1))
        self.assertEqual(self.blockers(), ["There are lines of 2022-01 without a statement."])
        self.prepare(JANUARY)
        statement = self.statement(JANUARY)
        self.assertEqual(self.blockers(), [f"Statement {statement.name} is “Draft”."])
        self.confirm(statement)
        self.assertEqual(self.blockers(), [f"Statement {statement.name} is “Confirmed”."])
        self.post(statement)
        self.assertEqual(self.blockers(), [f"Statement {statement.name} is “Posted”."])
        self.assertIn(statement.name, self.deposit.refund_blockers)
        self.pay(statement)
        self.assertEqual(self.blockers(), [])
        self.assertEqual(self.refund().state, "requested")

    def test_dp04_other_centers_block_nothing(self):
        self.load(self.row("B1", 1, center=self.tongcheng))
        self.record("w01", center=self.tongcheng)
        self.assertEqual(self.blockers(), [])

    def test_dp04_deposits_of_others_are_not_touched(self):
        purpose = self.env.ref("rural_deposit.purpose_service_center")
        other = self.env["rural.deposit"].create(
            {
                "partner_id": self.rice.supplier_id.id,
                "purpose_id": purpose.id,
                "kind_id": purpose._kind("city_county").id,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(other._refund_blockers(), [])
