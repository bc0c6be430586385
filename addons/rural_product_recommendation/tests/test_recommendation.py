from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from .common import RecommendationCase


class TestRecommendation(RecommendationCase):
    def test_sc09_from_the_idea_into_the_pool(self):
        recommendation = self.accepted()
        self.assertEqual(recommendation.state, "accepted")
        self.admit(recommendation)
        entry = recommendation.pool_entry_id
        self.assertEqual(recommendation.state, "in_pool")
        self.assertEqual((entry.product_id.code, entry.product_id.name), ("TSP01", "通城黄袍山油茶 1升/瓶"))
        self.assertEqual(entry.supplier_id.supplier_code, "TGYS01")
        self.assertEqual((entry.fee_rate, entry.incentive_rate, entry.valid_from), (0.06, 0.01, date(2022, 5, 1)))
        self.assertEqual(entry.company_id, self.company)

    def test_sc09_what_is_missing_is_named(self):
        recommendation = self.recommend(reason=" ", contact_phone=False)
        with self.assertRaisesRegex(UserError, "Contact Phone, Why It Belongs in the Pool"):
            recommendation.action_submit()
        self.assertEqual(recommendation.state, "draft")

    def test_sc09_only_an_active_center_recommends(self):
        self.suspend(self.center, "2020-02-01")
        with self.assertRaisesRegex(UserError, "not active"):
            self.recommend().action_submit()

    def test_sc09_products_of_its_own_region_only(self):
        with self.assertRaisesRegex(ValidationError, "its own region"):
            self.recommend(region_id=self._region("420105").id)
        township = self.env["rural.region"].create(
            {"name": "隽水镇", "code": "421222999", "level": "township", "parent_id": self.county.id}
        )
        self.assertTrue(self.recommend(region_id=township.id))

    def test_sc09_every_standard_needs_a_finding(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        self.assertEqual(len(recommendation.check_ids), 6)
        recommendation.check_ids[:5].write({"result": "passed", "note": "看过"})
        with self.assertRaisesRegex(UserError, recommendation.check_ids[5].standard_id.name):
            recommendation.action_finish_screening()

    def test_sc09_one_failed_standard_keeps_it_out(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        standard = recommendation.check_ids[2].standard_id
        self.screen(recommendation, failed=standard)
        with self.assertRaisesRegex(UserError, standard.name):
            self.as_user(recommendation, self.checker).action_accept()
        self.assertEqual(recommendation.state, "screened")

    def test_sc09_a_second_person_decides(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        self.screen(recommendation, user=self.area)
        for maker in (self.operations, self.area):
            with self.assertRaisesRegex(UserError, "Somebody else"):
                self.as_user(recommendation, maker).action_accept()
        self.as_user(recommendation, self.checker).action_accept()
        self.assertEqual(recommendation.decided_by_id, self.checker)

    @freeze_time("2022-05-11 02:00:00")
    def test_sc09_the_area_manager_screens_and_contacts_the_supplier(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        activity = recommendation.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.area, date(2022, 5, 25)))
        self.screen(recommendation)
        self.as_user(recommendation, self.checker).action_accept()
        activity = recommendation.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.area, date(2022, 5, 18)))
        self.assertIn("通城县油茶专业合作社", activity.summary)
        self.admit(recommendation)
        self.assertFalse(recommendation.activity_ids)

    def test_sc09_a_declined_product_says_why(self):
        self.center.partner_id.email = "tongcheng@example.com"
        recommendation = self.recommend()
        recommendation.action_submit()
        action = self.as_user(recommendation, self.checker).action_decline()
        wizard = self.as_user(self.env[action["res_model"]], self.checker).with_context(**action["context"])
        wizard.create({"reason": "检测报告过期"}).action_apply()
        self.assertEqual((recommendation.state, recommendation.decision_reason), ("declined", "检测报告过期"))
        told = recommendation.message_ids.filtered(lambda message: self.center.partner_id in message.partner_ids)
        self.assertIn("检测报告过期", told.body)

    def test_sc09_steps_in_their_order_only(self):
        recommendation = self.recommend()
        for step in ("action_finish_screening", "action_accept", "action_admit"):
            with self.assertRaisesRegex(UserError, "Draft"):
                getattr(self.as_user(recommendation, self.checker), step)()
        with self.assertRaisesRegex(UserError, "buttons"):
            recommendation.write({"state": "accepted"})

    def test_sc09_what_was_screened_is_not_changed(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        recommendation.write({"price": 88})
        self.screen(recommendation)
        with self.assertRaisesRegex(UserError, "“To Decide” and stays as it is"):
            recommendation.write({"product_name": "另一个"})
        with self.assertRaisesRegex(UserError, "“To Decide” and stays as it is"):
            recommendation.check_ids[0].write({"result": "failed"})

    def test_sc09_a_finding_stays_with_its_product_and_standard(self):
        passed, other = self.recommend(), self.recommend()
        (passed + other).action_submit()
        for vals in ({"recommendation_id": other.id}, {"standard_id": other.check_ids[1].standard_id.id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "by the buttons only"):
                passed.check_ids[0].write(vals)

    def test_sc09_who_wrote_a_finding_does_not_decide(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        self.as_user(recommendation.check_ids[0], self.checker).write({"result": "passed", "note": "看过"})
        recommendation.check_ids[1:].write({"result": "passed", "note": "看过"})
        recommendation.action_finish_screening()
        self.assertFalse(self.as_user(recommendation, self.checker).can_decide)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.as_user(recommendation, self.checker).action_accept()

    def test_sc09_who_does_not_decide_opens_no_dialog(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        for user in (self.officer, self._new_user("recommendation_employee", "base.group_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.as_user(recommendation, user).action_decline()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.as_user(recommendation, user).action_admit()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            recommendation.action_decline()

    @freeze_time("2022-05-11 02:00:00")
    def test_sc08_an_entry_of_days_that_are_over_waits_for_a_second_person(self):
        self.center.partner_id.lang = "en_US"
        recommendation = self.accepted()
        entry = recommendation._admit("TGYS01", "油茶社", "TSP01", {"fee_rate": 0.06}, date(2022, 5, 1))
        self.assertEqual((entry.state, recommendation.state), ("requested", "accepted"))
        self.assertNotIn("in the product pool now", str(recommendation.message_ids.mapped("body")))
        for step in ("action_admit", "action_decline"):
            with self.assertRaisesRegex(UserError, "waits for a second person"):
                getattr(self.as_user(recommendation, self.checker), step)()
        self.as_user(entry, self.director).action_confirm()
        self.assertEqual(recommendation.state, "in_pool")
        self.assertIn("in the product pool now", str(recommendation.message_ids.mapped("body")))

    @freeze_time("2022-05-11 02:00:00")
    def test_sc08_an_entry_that_is_refused_lets_another_one_be_made(self):
        recommendation = self.accepted()
        entry = recommendation._admit("TGYS01", "油茶社", "TSP01", {"fee_rate": 0.06}, date(2022, 5, 1))
        self.as_user(entry, self.director)._reject("首日有误")
        self.assertEqual((recommendation.state, recommendation.pool_entry_id.id), ("accepted", False))
        recommendation._admit("TGYS01", "油茶社", "TSP01", {"fee_rate": 0.06}, date(2022, 5, 20))
        self.assertEqual(recommendation.state, "in_pool")

    def test_sc09_withdrawn_before_the_decision_only(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        with self.assertRaisesRegex(UserError, "Say why"):
            recommendation._withdraw_for_center(" ")
        step = recommendation.action_withdraw()
        wizard = self.env[step["res_model"]].with_user(recommendation.env.user).with_context(**step["context"])
        wizard.create({"reason": "今年停产"}).action_apply()
        self.assertEqual((recommendation.state, recommendation.decision_reason), ("withdrawn", "今年停产"))
        with self.assertRaisesRegex(UserError, "only"):
            self.accepted().action_withdraw()

    def test_sc09_a_known_product_keeps_its_supplier(self):
        supplier = self.env["res.partner"].create({"name": "另一家", "supplier_code": "TGYS09"})
        self.env["rural.product"].create({"code": "TSP01", "name": "油茶", "supplier_id": supplier.id})
        with self.assertRaisesRegex(UserError, "另一家"):
            self.admit(self.accepted())

    def test_sc08_no_second_entry_for_the_same_days(self):
        self.admit(self.accepted())
        with self.assertRaises(ValidationError):
            self.admit(self.accepted(), valid_from="2022-06-01")

    def test_sc09_submitted_ones_are_kept(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        with self.assertRaisesRegex(UserError, "kept"):
            recommendation.unlink()
        self.recommend().unlink()
