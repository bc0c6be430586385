from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import MerchantCase


@tagged("post_install", "-at_install")
class TestAccess(MerchantCase):
    def test_recruiters_see_all_and_change_their_own(self):
        mine, other = self._signed("甲"), self._signed("乙", recruiter=self.li)
        nobody = self._lead("丙")
        merchants = self.env["rural.merchant"].with_user(self.recruiter)
        self.assertEqual(merchants.search([("id", "in", (mine + other + nobody).ids)]), nobody + other + mine)
        mine.with_user(self.recruiter).phone = "1"
        nobody.with_user(self.recruiter).phone = "1"
        with self.assertRaises(AccessError):
            other.with_user(self.recruiter).phone = "1"
        with self.assertRaises(AccessError):
            other.with_user(self.recruiter)._drop(date(2023, 6, 1), "x")
        other.with_user(self.head).phone = "2"
        self.assertEqual(merchants.search([("is_mine", "=", True), ("company_id", "=", self.company.id)]), mine)

    def test_buttons_show_for_those_who_may(self):
        mine, other, nobody = self._signed("甲"), self._signed("乙", recruiter=self.li), self._lead("丙")
        merchants = mine + other + nobody
        self.assertEqual(merchants.with_user(self.recruiter).mapped("may_change"), [True, False, True])
        self.assertEqual(merchants.with_user(self.head).mapped("may_change"), [True, True, True])
        self.assertEqual(merchants.with_user(self.service).mapped("may_change"), [False, False, False])
        self.assertTrue(self.env["rural.merchant"].with_user(self.recruiter).new({"name": "丁"}).may_change)
        request = self.env["rural.merchant.rate.request"].create({"merchant_id": other.id, "rate": 0.09})
        self.assertFalse(request.with_user(self.recruiter).may_change)
        self.assertTrue(request.with_user(self.other_recruiter).may_change)

    def test_customer_service_follows_up_and_changes_nothing_else(self):
        merchant = self._signed()
        self.env["rural.merchant.follow.up"].with_user(self.service).create(
            {"merchant_id": merchant.id, "kind": "good_review"}
        )
        with self.assertRaises(AccessError):
            merchant.with_user(self.service).phone = "1"
        with self.assertRaises(AccessError):
            self.env["rural.merchant.follow.up"].with_user(self.recruiter).create(
                {"merchant_id": merchant.id, "kind": "good_review"}
            )

    def test_nobody_writes_assignments_or_rates(self):
        merchant = self._signed()
        for user in (self.recruiter, self.head, self.gm, self.officer):
            for model in ("rural.merchant.assignment", "rural.merchant.rate"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({"merchant_id": merchant.id})

    def test_other_company_sees_nothing(self):
        merchant = self._installed()
        other = self._new_company("另一家公司")
        stranger = new_test_user(
            self.env,
            "test_stranger",
            "base.group_user,rural_merchant.group_general_manager,rural_base.group_settlement_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["rural.merchant"].search([("id", "=", merchant.id)]))
        self.assertFalse(env["rural.merchant.terminal"].search([("merchant_id", "=", merchant.id)]))
        with self.assertRaises(AccessError):
            merchant.with_env(env).read(["name"])
        with self.assertRaises(AccessError):
            merchant.with_env(env).action_start_visiting()

    def test_a_plain_employee_sees_nothing(self):
        merchant = self._signed()
        plain = self._new_user("test_plain")
        with self.assertRaises(AccessError):
            merchant.with_user(plain).read(["name"])

    def test_home_tiles_count_for_their_roles(self):
        self._lead("甲", self.wang)
        tile = self.env.ref("rural_merchant.home_tile_mine").with_user(self.recruiter)
        self.assertEqual(tile.count, 1)
