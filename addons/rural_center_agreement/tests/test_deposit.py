from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestDeposit(AgreementCase):
    """SC-07: one region, one deposit; it is paid before activation and topped up before a renewal."""

    def setUp(self):
        super().setUp()
        self.bring_to("signed")

    def test_sc07_the_posted_movement_takes_the_step(self):
        action = self.agreement.with_user(self.operations).action_request_deposit()
        movement = self.env["rural.deposit.movement"].browse(action["res_id"])
        self.assertEqual((movement.state, movement.amount, movement.clause_id.code), ("requested", 20000, "SC-07"))
        self.assertEqual(movement.deposit_id.center_id, self.center)
        movement.with_user(self.director).action_approve()
        self.assertEqual(self.agreement.stage, "signed")
        movement.with_user(self.accountant)._post()
        self.assertEqual((self.agreement.stage, self.center.deposit_id.balance), ("deposited", 20000))
        self.assertEqual(str(self.agreement.deposited_on), "2026-03-02")

    def test_sc07_nothing_is_paid_so_the_button_says_so(self):
        with self.assertRaisesRegex(UserError, "No deposit of 通城县区域服务中心"):
            self.agreement.with_user(self.area).action_deposit()
        self.agreement.with_user(self.operations).action_request_deposit()
        with self.assertRaisesRegex(UserError, r"20,000\.00.*not paid"):
            self.agreement.with_user(self.area).action_deposit()

    def test_sc07_asking_twice_shows_the_same_request(self):
        first = self.agreement.with_user(self.operations).action_request_deposit()
        self.assertEqual(self.agreement.with_user(self.operations).action_request_deposit()["res_id"], first["res_id"])
        self.assertEqual(len(self.center.deposit_ids.movement_ids), 1)

    def test_sc07_a_part_is_not_enough(self):
        deposit = self.center._open_deposit()
        movement = deposit.with_user(self.operations)._request("collect", 15000, "首笔", document="回单")
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()
        self.assertEqual(self.agreement.stage, "signed")
        with self.assertRaisesRegex(UserError, r"5,000\.00"):
            self.agreement.with_user(self.area).action_deposit()
        self.pay_deposit()
        self.assertEqual(self.agreement.stage, "deposited")

    def test_sc07_a_deposit_of_the_same_company_for_something_else_does_not_count(self):
        purpose = self.env.ref("rural_deposit.purpose_tenant_equipment")
        other = self.env["rural.deposit"].create(
            {"partner_id": self.center.partner_id.id, "purpose_id": purpose.id, "due_amount": 20000}
        )
        movement = other.with_user(self.operations)._request("collect", 20000, "供应商保证金", document="回单")
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()
        self.assertEqual(other.balance, 20000)
        self.assertEqual(self.agreement.stage, "signed")
        self.assertFalse(self.center.deposit_id)

    def test_sc07_a_provincial_center_pays_its_own_amount(self):
        province = self._new_center("湖北省运营服务中心", "420000", kind="province")
        self.assertEqual(province._open_deposit().due_amount, 50000)

    def test_sc07_one_region_one_deposit(self):
        deposit = self.center._open_deposit()
        self.assertEqual(self.center._open_deposit(), deposit)
        other = self._new_center("崇阳县区域服务中心", "421223")
        with self.assertRaisesRegex(UserError, "“Service Center” is written by the buttons only"):
            deposit.with_user(self.operations).center_id = other

    def test_sc07_a_deduction_before_the_certificate_stops_the_path(self):
        deposit = self.pay_deposit()
        movement = deposit.with_user(self.operations)._request("deduct", 500, "违规", clause="SC-17", document="决定书")
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()
        with self.assertRaisesRegex(UserError, r"500\.00 of the deposit|500\.00"):
            self.agreement.with_user(self.area).action_certify()
        self.pay_deposit()
        self.agreement.with_user(self.area).action_certify()

    def test_sc07_what_is_due_is_a_manager_s(self):
        deposit = self.center._open_deposit()
        purpose = self.env.ref("rural_deposit.purpose_tenant_equipment")
        for vals in (
            {"purpose_id": purpose.id, "kind_id": False},
            {"kind_id": deposit.purpose_id._kind("province").id},
            {"date": "2020-01-01"},
            {"due_amount": 20000},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                deposit.with_user(self.operations).write(vals)
        self.assertEqual(deposit.due_amount, 20000)

    def test_sc07_the_deposit_of_a_center_is_not_opened_by_hand(self):
        purpose = self.env.ref("rural_deposit.purpose_service_center")
        vals = {
            "partner_id": self.center.partner_id.id,
            "purpose_id": purpose.id,
            "kind_id": purpose._kind("city_county").id,
        }
        deposits = self.env["rural.deposit"].with_user(self.operations)
        with self.assertRaisesRegex(UserError, "opened by its agreement"):
            deposits.create({**vals, "center_id": self.center.id})
        self.assertFalse(deposits.with_context(default_center_id=self.center.id).create(vals).center_id)

    def test_sc07_the_area_manager_is_told_when_a_working_center_s_collection_is_cancelled(self):
        deposit = self.pay_deposit()
        self.bring_to("active")
        deposit.movement_ids.with_user(self.accountant)._cancel("退票")
        activity = self.agreement.activity_ids
        self.assertEqual(activity.activity_type_id, self.env.ref("rural_center_agreement.activity_deposit"))
        self.assertEqual(activity.user_id, self.agreement.area_manager_id or self.operations)
        self.assertIn("20,000.00", str(activity.note))

    def deduct(self, deposit, amount):
        movement = deposit.with_user(self.operations)._request("deduct", amount, "违规", document="决定 8")
        movement.with_user(self.director).action_approve()
        movement.with_user(self.accountant)._post()

    def test_sc07_one_activity_reminds_of_a_working_center_s_deposit_until_it_is_full(self):
        deposit = self.pay_deposit()
        self.bring_to("active")
        self.deduct(deposit, 3_000)
        self.deduct(deposit, 500)
        activity = self.agreement.activity_ids
        self.assertEqual(activity.activity_type_id, self.env.ref("rural_center_agreement.activity_deposit"))
        self.assertFalse(deposit.activity_ids)
        self.pay_deposit()
        self.assertEqual((deposit.shortfall, self.agreement.activity_ids), (0, activity.browse()))

    def test_sc07_before_a_center_works_whoever_asked_for_the_deduction_has_it_topped_up(self):
        deposit = self.pay_deposit()
        self.deduct(deposit, 3_000)
        self.assertEqual(deposit.activity_ids.user_id, self.operations)
        self.assertFalse(self.agreement.activity_ids)

    def test_sc07_the_deposit_is_asked_for_after_the_signature_only(self):
        draft = self._new_agreement(self._new_center("崇阳县区域服务中心", "421223"))
        with self.assertRaisesRegex(UserError, "after the signature"):
            draft.with_user(self.operations).action_request_deposit()
        self.pay_deposit()
        with self.assertRaisesRegex(UserError, "after the signature"):
            self.agreement.with_user(self.operations).action_request_deposit()

    def test_sc07_a_paid_agreement_is_not_cancelled_but_left_by_an_exit(self):
        self.pay_deposit()
        with self.assertRaisesRegex(UserError, "exit, which refunds"):
            self.agreement.with_user(self.operations)._cancel("放弃")
