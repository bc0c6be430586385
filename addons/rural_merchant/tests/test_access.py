from datetime import date

from odoo.exceptions import AccessError, ValidationError
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

    def test_ma01_identity_cards_are_seen_by_who_works_with_them(self):
        """The own merchants' by their recruiter, all by the head, who checks them; by nobody else."""
        merchant = self._signed("甲")
        self._complete_documents(merchant)
        for user in (self.recruiter, self.head, self.director, self.gm):
            self.assertEqual(set(merchant.with_user(user).document_ids.mapped("number")), {"3412"})
        documents = self.env["rural.merchant.document"].with_user(self.other_recruiter)
        self.assertFalse(documents.search([("merchant_id", "=", merchant.id)]))
        with self.assertRaises(AccessError):
            documents.browse(merchant.document_ids.ids).read(["number"])
        for user in (self.service, self.officer, self.manager):
            with self.assertRaises(AccessError):
                merchant.document_ids.with_user(user).read(["number"])

    def test_ma03_the_portal_sees_nothing_of_who_agrees_rates(self):
        request = self.env["rural.merchant.rate.request"].create(
            {"merchant_id": self._lead("甲").id, "rate": 0.05, "reason": "连锁门店"}
        )
        request.with_user(self.head).action_submit()
        self.assertTrue(request.review_ids)
        visitor = new_test_user(self.env, "portal_ma03", "base.group_portal", company_id=self.company.id)
        reviews = self.env["tier.review"].with_user(visitor).with_context(allowed_company_ids=self.company.ids)
        self.assertFalse(reviews.search([]))

    def test_ma09_nobody_but_the_head_says_who_gets_a_merchants_money(self):
        partner = self.env["res.partner"].create({"name": "别人", "company_id": self.company.id})
        merchants = self.env["rural.merchant"].with_user(self.recruiter)
        with self.assertRaisesRegex(AccessError, "head of recruiting"):
            merchants.create({"name": "甲", "partner_id": partner.id})
        lead = merchants.with_context(default_partner_id=partner.id).create({"name": "甲"})
        self.assertEqual((lead.partner_id.name, lead.has_own_partner), ("甲", True))
        with self.assertRaisesRegex(AccessError, "head of recruiting"):
            lead.partner_id = partner
        lead.with_user(self.head).partner_id = partner
        self.assertEqual(lead.partner_id, partner)

    def test_ma09_a_merchants_name_renames_the_partner_that_was_made_for_it_only(self):
        lead = self.env["rural.merchant"].with_user(self.recruiter).create({"name": "甲"})
        lead.name = "甲店"
        self.assertEqual(lead.sudo().partner_id.name, "甲店")
        partner = self.env["res.partner"].create({"name": "别人", "company_id": self.company.id})
        lead.with_user(self.head).partner_id = partner
        lead.name = "改名"
        self.assertEqual(partner.name, "别人")

    def test_ma09_no_merchants_money_goes_to_the_operator_or_to_who_works_here(self):
        lead = self._lead().with_user(self.head)
        for partner in (self.company.partner_id, self.recruiter.partner_id):
            with self.assertRaisesRegex(ValidationError, "cannot be the payee"), self.env.cr.savepoint():
                lead.partner_id = partner

    def test_a_merchants_form_opens_for_everybody_who_reads_merchants(self):
        merchant = self._installed()
        self._complete_documents(merchant)
        recruiters = self.recruiter + self.other_recruiter + self.head + self.gm
        for user in recruiters + self.service + self.officer + self.manager:
            shown = self._read_views(merchant, user)
            self.assertEqual("document_ids" in shown, user in recruiters)

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
