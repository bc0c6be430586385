from freezegun import freeze_time

from odoo.addons.rural_service_center.tests.common import CenterCase


class RecommendationCase(CenterCase):
    """A center that recommends, and the people who screen and decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls._new_user("recommendation_area", "rural_base.group_operations")
        cls.macro_region = cls.env["rural.macro.region"].create({"name": "试验大区", "manager_id": cls.area.id})
        cls.province.macro_region_id = cls.macro_region
        cls.env["rural.center.authorisation"].create({"center_id": cls.center.id, "valid_from": "2020-01-01"})
        cls.Recommendation = cls.env["rural.product.recommendation"]

    def recommend(self, user=None, **vals):
        """A draft with all that is needed."""
        recommendations = self.as_user(self.Recommendation, user or self.operations)
        return recommendations.create(
            {
                "center_id": self.center.id,
                "product_name": "通城黄袍山油茶",
                "specification": "1升/瓶",
                "supplier_name": "通城县油茶专业合作社",
                "contact_name": "张三",
                "contact_phone": "13900000000",
                "reason": "地理标志产品",
                **vals,
            }
        )

    def screen(self, recommendation, user=None, failed=()):
        """Fill in the findings and hand them over."""
        screened = self.as_user(recommendation, user or self.operations)
        for check in screened.check_ids:
            result = "failed" if check.standard_id in failed else "passed"
            check.write({"result": result, "note": "看过"})
        screened.action_finish_screening()

    def accepted(self, **vals):
        """A recommendation that a second person has accepted."""
        recommendation = self.recommend(**vals)
        recommendation.action_submit()
        self.screen(recommendation)
        self.as_user(recommendation, self.checker).action_accept()
        return recommendation

    def admit(self, recommendation, **vals):
        """Put it into the pool with the wizard."""
        wizards = self.as_user(self.env["rural.product.recommendation.admit"], self.operations)
        wizard = wizards.create(
            {
                "recommendation_id": recommendation.id,
                "supplier_code": "TGYS01",
                "product_code": "TSP01",
                "fee_rate": 0.06,
                "incentive_rate": 0.01,
                "valid_from": "2022-05-01",
                **vals,
            }
        )
        with freeze_time("2022-04-20 04:00:00"):  # the first day is still to come
            return wizard.action_apply()
