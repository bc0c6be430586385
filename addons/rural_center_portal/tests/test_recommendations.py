from odoo.exceptions import AccessError, UserError

from .common import PICTURE, PortalCase

TOLD = {
    "product_name": "利川天上坪白菜",
    "specification": "10斤/箱",
    "price": "39.90",
    "supplier_name": "利川市蔬菜合作社",
    "contact_name": "李四",
    "contact_phone": "13900000001",
    "reason": "高山无公害",
}


class TestRecommendations(PortalCase):
    def recommend(self, who="own", files=(), **entered):
        Recommendation = self.as_portal(self.env["rural.product.recommendation"], who)
        return Recommendation._recommend_as_center(self.as_portal(self.lichuan, who), {**TOLD, **entered}, files)

    def test_sc09_a_center_recommends_with_pictures(self):
        recommendation = self.recommend(files=[("白菜.png", PICTURE)])
        self.assertEqual(recommendation.state, "submitted")
        self.assertEqual((recommendation.price, recommendation.region_id), (39.9, self.lichuan.region_id))
        self.assertEqual(recommendation.submitted_by_id, self.users["own"])
        self.assertEqual(recommendation._pictures().mapped("name"), ["白菜.png"])

    def test_sc20_only_the_center_itself_recommends(self):
        for who in ("province", "sibling", "nobody"):
            with self.assertRaises(AccessError):
                self.recommend(who)

    def test_sc09_what_is_missing_or_wrong_is_said(self):
        for entered, words in (
            ({"reason": ""}, "Why It Belongs"),
            ({"product_name": " "}, "name of the product"),
            ({"price": "很贵"}, "no price"),
            ({"price": "-1"}, "no price"),
            ({"price": "nan"}, "no price"),
            ({"reason": "长" * 2001}, "2000"),
        ):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.recommend(**entered)

    def test_sc09_only_pictures_and_not_too_many(self):
        for files, words in (
            ([("病毒.png", b"MZ\x90")], "no picture"),
            ([("页面.jpg", b"<html><script>alert(1)</script>")], "no picture"),
            ([("文档.pdf", b"%PDF-1.7 %%EOF")], "no picture"),
            ([("大.png", PICTURE + bytes(5 * 1024 * 1024))], "too big"),
            ([(f"{number}.png", PICTURE) for number in range(7)], "at most"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.recommend(files=files)

    def test_sc09_what_a_center_tells_is_no_more_than_that(self):
        recommendation = self.recommend(state="in_pool", center_id=self.tongcheng.id, decision_reason="好")
        self.assertEqual((recommendation.state, recommendation.center_id), ("submitted", self.lichuan))
        self.assertFalse(recommendation.decision_reason)

    def test_sc09_withdrawn_by_the_center_itself(self):
        recommendation = self.recommend()
        with self.assertRaises(AccessError):
            self.as_portal(recommendation, "province")._withdraw_as_center()
        self.as_portal(recommendation, "own")._withdraw_as_center()
        self.assertEqual(recommendation.state, "withdrawn")
