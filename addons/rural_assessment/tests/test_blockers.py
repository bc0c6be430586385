from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form

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
        case.movement_id.with_user(self.deputy)._reject("单据不全")
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


class TestOnTheirWay(AssessmentCase):
    """DP-04: orders on their way stop no exit, and the center sees what they earn."""

    def setUp(self):
        super().setUp()
        partner = self.lichuan.partner_id
        partner.email = "lichuan@example.com"
        self.user = self.env["res.users"].create(
            {
                "name": partner.name,
                "login": "lichuan_left",
                "partner_id": partner.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.leaving = self.env["rural.center.exit"].create({"center_id": self.lichuan.id, "reason": "自愿退出"})

    def order(self, **cells):
        return self.row("A1", **{"下单时间": "2023-01-05 09:00:00", "订单状态": "待收货", "完成时间": "", **cells})

    def leave(self):
        self.leaving.with_user(self.director)._terminate()
        with freeze_time("2023-01-11 02:00:00"):
            self.leaving.with_user(self.operations).action_complete()

    def test_dp04_orders_on_their_way_are_listed_and_the_exit_goes_on(self):
        self.load(self.order(), self.row("A2", 下单时间="2023-01-10 20:00:00", 订单状态="待收货", 完成时间=""))
        self.leaving.with_user(self.director)._terminate()
        self.assertFalse(self.leaving.open_checks.replace("The last day of work, 2023-01-10, is not over.", ""))
        self.assertIn("2 order lines of", self.leaving.on_their_way)
        self.assertIn("200.00", self.leaving.on_their_way)
        self.load(self.row("A3", 下单时间="2023-01-11 09:00:00", 订单状态="待收货", 完成时间=""))
        self.leaving.invalidate_recordset(["on_their_way"])
        self.assertIn("2 order lines of", self.leaving.on_their_way)
        with freeze_time("2023-01-11 02:00:00"):
            self.leaving.with_user(self.operations).action_complete()
        self.assertEqual((self.leaving.state, self.leaving.keeps_portal), ("done", True))
        self.assertTrue(self.user.active)

    def test_dp04_orders_that_can_never_earn_are_not_on_their_way(self):
        waiting = {"订单状态": "待收货", "完成时间": ""}
        self.load(
            self.row("B1", 下单时间="2021-11-05 09:00:00", **waiting),
            self.row("B2", 下单时间="2023-01-05 09:00:00", 采购单位编码="P8", 采购单位地区代码="421222", **waiting),
            self.row("B3", 下单时间="2023-01-05 09:00:00", 服务码="", **waiting),
        )
        self.leaving.with_user(self.director)._terminate()
        self.assertFalse(self.leaving.on_their_way)
        self.load(self.order())
        self.leaving.invalidate_recordset(["on_their_way"])
        self.assertIn("1 order lines of", self.leaving.on_their_way)

    def test_dp04_the_deposit_lists_at_the_exit_what_is_on_its_way(self):
        deposit = self.pay_deposit(5000)
        self.load(self.order())
        self.assertFalse(deposit.refund_notes)
        self.leaving.with_user(self.director)._terminate()
        deposit.invalidate_recordset(["refund_notes", "refund_blockers"])
        self.assertFalse(deposit.refund_blockers)
        for user in (self.operations, self.officer, self.accountant):
            self.assertIn("100.00", Form(deposit.with_user(user)).refund_notes)

    def test_dp04_the_center_sees_what_they_earn_after_its_exit(self):
        self.load(self.order())
        self.leave()
        with freeze_time("2023-02-02 02:00:00"):
            self.load(self.order(订单状态="已完成", 完成时间="2023-01-12 10:00:00"))
            self.leaving._cron_close_portals()
            self.assertTrue(self.user.active)
            self.prepare(date(2023, 1, 1))
            statement = self.confirm(self.statement(date(2023, 1, 1)))
            self.assertEqual(statement.fee, 5)
            self.leaving._cron_close_portals()
            self.assertTrue(self.user.active)
            self.post(statement)
            self.pay(statement)
            self.leaving._cron_close_portals()
        self.assertEqual((self.user.active, self.leaving.keeps_portal), (False, False))

    def test_dp04_without_orders_on_their_way_the_portal_closes_at_once(self):
        self.load(self.order(订单状态="已取消"))
        self.leave()
        self.assertEqual((self.user.active, self.leaving.keeps_portal), (False, False))
