from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import RecommendationCase


class TestAccess(RecommendationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provincial = cls._new_center("湖北省运营服务中心", cls.province)
        cls.neighbour = cls._new_center("崇阳县区域服务中心", cls._region("421223"))

    def _portal_user(self, center, login):
        user = new_test_user(
            self.env, login, "base.group_portal", company_id=self.company.id, company_ids=[(6, 0, self.company.ids)]
        )
        user.partner_id.parent_id = center.partner_id
        return user

    def test_sc20_a_center_sees_its_own_and_a_province_its_centers(self):
        # A province leads its centers as long as it is authorised itself (SC-01).
        self.env["rural.center.authorisation"].create(
            [{"center_id": center.id, "valid_from": "2020-01-01"} for center in (self.neighbour, self.provincial)]
        )
        own, other = self.recommend(), self.recommend(center_id=self.neighbour.id)
        (own + other).action_submit()
        self.recommend()  # a draft of the back office is nobody's but its own
        visible = {
            "center": (self.center, own),
            "neighbour": (self.neighbour, other),
            "province": (self.provincial, own + other),
        }
        for login, (center, expected) in visible.items():
            seen = self.Recommendation.with_user(self._portal_user(center, f"recommendation_{login}"))
            self.assertEqual(
                seen.search([("company_id", "=", self.company.id)]).sudo(), expected.sudo().sorted("id", True)
            )

    def test_sc20_a_center_only_reads(self):
        recommendation = self.recommend()
        recommendation.action_submit()
        mine = recommendation.with_user(self._portal_user(self.center, "recommendation_portal"))
        self.assertEqual(mine.product_name, "通城黄袍山油茶")
        for act in (
            lambda: mine.write({"price": 1}),
            lambda: mine.copy(),
            lambda: mine.unlink(),
            lambda: mine.action_submit(),
            lambda: mine.action_accept(),
            lambda: mine.action_withdraw(),
            lambda: mine.check_ids.mapped("note"),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_other_companies_see_nothing(self):
        recommendation = self.recommend()
        company = self.env["res.company"].create({"name": "别家"})
        stranger = self._new_user("recommendation_stranger", "rural_base.group_operations", company)
        with self.assertRaises(AccessError):
            self.as_user(recommendation, stranger).read(["product_name"])

    def test_an_officer_only_reads(self):
        recommendation = self.recommend()
        self.assertTrue(self.as_user(recommendation, self.officer).product_name)
        with self.assertRaises(AccessError):
            self.as_user(recommendation, self.officer).action_submit()
