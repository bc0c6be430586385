from odoo.tests import Form

from .common import AssessmentCase


class TestClicks(AssessmentCase):
    """Screens open for those who use them, and lead on."""

    def setUp(self):
        super().setUp()
        self._load_year()

    def test_prepare_by_the_wizard(self):
        wizard = self.env["rural.assessment.prepare"].with_user(self.officer).create({"year": 2022})
        action = wizard.action_prepare()
        self.assertEqual(self.Assessment.browse(action["res_id"]).year, 2022)

    def test_post_and_cancel_by_the_wizards(self):
        self._close_year()
        assessment = self.assess()
        self.enter_satisfaction(assessment.line_ids)
        self.review(assessment)
        action = assessment.with_user(self.accountant).action_post()
        Wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        wizard = Wizard.create({})
        self.assertEqual(
            (wizard.center_count, wizard.center_total, wizard.supplier_total, wizard.difference), (1, 26.20, 26.20, 0)
        )
        self.assertEqual(wizard.date.isoformat(), "2022-12-31")
        wizard.action_post()
        self.assertEqual(assessment.state, "posted")
        action = assessment.with_user(self.accountant).action_cancel()
        Wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        Wizard.create({"reason": "更正"}).action_apply()
        self.assertEqual(assessment.state, "cancelled")

    def test_forms_open_for_each_role(self):
        assessment = self.assess()
        case = self.record()
        for user in (self.operations, self.officer, self.director, self.accountant):
            Form(assessment.with_user(user))
            Form(self.result(assessment).with_user(user))
            Form(assessment.reward_line_ids[:1].with_user(user))
            Form(case.with_user(user))
        for user in (self.operations, self.director):
            Form(self.lichuan.with_user(user))
            Form(self.agreement.with_user(user))

    def test_case_is_entered_on_the_form(self):
        with Form(self.env["rural.penalty.case"].with_user(self.operations)) as form:
            form.center_id = self.lichuan
            form.violation_id = self.env.ref("rural_assessment.violation_w05")
            self.assertEqual((form.action, form.suspension_days), ("suspension", 30))
            form.description = "服务码借给他人使用"
        self.assertEqual(form.record.state, "draft")

    def test_center_and_agreement_lead_to_their_results(self):
        line = self.result(self.assess())
        self.assertEqual((self.lichuan.assessment_count, self.lichuan.case_count), (1, 0))
        found = self.env["rural.assessment.line"].search(self.lichuan.action_view_assessments()["domain"])
        self.assertEqual(found, line)
        self.assertEqual(self.agreement.action_view_result()["res_id"], line.id)
        self.assertEqual(self.agreement.overall, line.overall)

    def test_results_are_found_by_area_manager(self):
        line = self.result(self.assess())
        self.lichuan.region_id._province().macro_region_id.manager_id = self.operations
        found = (
            self.env["rural.assessment.line"]
            .with_user(self.operations)
            .search([("area_manager_id", "=", self.operations.id), ("company_id", "=", self.company.id)])
        )
        self.assertEqual(found, line)

    def test_home_screen_counts(self):
        self.assess()
        self.record()
        for user in (self.operations, self.manager, self.director, self.accountant):
            self.env["rural.home.tile"].with_user(user).search([]).read(["name", "count"])

    def test_preview_of_the_questionnaire(self):
        round_ = (
            self.env["rural.satisfaction.round"]
            .with_user(self.operations)
            .create({"year": 2022, "deadline": "2023-01-31"})
        )
        self.assertIn("/survey/start/", round_.action_preview()["url"])
        self.assertEqual((round_.reachable_count, round_.unreachable_count), (0, 4))
