from odoo.tests import new_test_user, tagged

from .common import InspectionCase

MODELS = (
    *("rural.station.inspection", "rural.station.problem", "rural.station.assessment"),
    *("rural.station.exit", "rural.station.rectification"),
)


@tagged("post_install", "-at_install")
class TestAccess(InspectionCase):
    """Inspections, problems, forms and exits are read by their station, its area and staff (ST-11)."""

    def test_st11_a_stranger_on_the_portal_sees_nothing(self):
        self.record(answers=self.answers(150, "problem", "灭火器过期"))
        stranger = new_test_user(self.env, "assessment_stranger", "base.group_portal")
        for model in MODELS:
            self.assertFalse(self.env[model].with_user(stranger).search_count([]), model)

    def test_st11_the_area_and_staff_see_a_problem(self):
        self.record(answers=self.answers(150, "problem", "灭火器过期"))
        problem = self.problems()
        for user in (self.area_user, self.clerk, self.manager):
            self.assertTrue(self.as_user(problem, user).has_access("read"), user.login)
        self.assertTrue(self.as_user(problem, self.clerk).has_access("write"))
        self.assertFalse(self.as_user(problem, self.area_user).has_access("write"))

    def test_st11_another_company_sees_nothing(self):
        self.record(answers=self.answers(150, "problem", "灭火器过期"))
        company = self.env["res.company"].create({"name": "另一家运营商"})
        clerk = new_test_user(
            self.env, "assessment_other", "rural_base.group_operations", company_id=company.id, company_ids=company.ids
        )
        for model in MODELS:
            records = self.env[model].with_user(clerk).with_context(allowed_company_ids=company.ids)
            self.assertFalse(records.search_count([]), model)
