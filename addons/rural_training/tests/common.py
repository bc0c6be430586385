from freezegun import freeze_time

from odoo.addons.rural_base.tests.common import CompanyCase


class TrainingCase(CompanyCase):
    """A company with a course for villagers and one for suppliers, on 2 March 2026."""

    company_name = "培训试验运营商"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-02 02:00:00"))
        cls.operations = cls._new_user("t_operations", "rural_base.group_operations")
        cls.area = cls._new_user("t_area", "rural_base.group_operations")
        cls.officer = cls._new_user("t_officer", "rural_base.group_settlement_officer")
        cls.course = cls._new_course("网上购物与防诈骗", "villager")
        cls.supplier = cls.env["res.partner"].create({"name": "黄袍山茶业合作社", "is_company": True})

    @classmethod
    def _new_course(cls, name, audience, **vals):
        return cls.env["rural.training.course"].create({"name": name, "audience": audience, "pass_score": 60, **vals})

    def plan(self, *people, course=None, begins="2026-02-26 01:00:00", ends="2026-02-26 08:00:00"):
        """Plan a session for people, each given by the values of the result."""
        return (
            self.env["rural.training.session"]
            .with_user(self.operations)
            .create(
                {
                    "course_id": (course or self.course).id,
                    "begins_at": begins,
                    "ends_at": ends,
                    "result_ids": [(0, 0, person) for person in people],
                }
            )
        )

    def train(self, score=85, confirm=True, person="张萍"):
        """Hold a session for one person."""
        session = self.plan({"person": person, "score": score})
        session.action_record()
        if confirm:
            session.with_user(self.area).action_confirm()
        return session.with_env(self.env)
