from contextlib import closing

from freezegun import freeze_time
from psycopg2.errors import LockNotAvailable

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.sql_db import db_connect
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CREDIT_CODES, MATERIALS, ApplicationCase


@tagged("post_install", "-at_install")
class TestSteps(ApplicationCase):
    """From entering to the decision (SC-02, SC-03, SC-04)."""

    def test_sc02_a_missing_material_is_named_at_submission(self):
        application = self.enter(materials={})
        names = [self._kind(code).name for code in MATERIALS]
        with self.assertRaises(UserError) as refusal:
            application.action_submit()
        for name in names:
            self.assertIn(name, str(refusal.exception))
        for code, file_name in MATERIALS.items():
            self.add_document(application, code, file_name)
            name = self._kind(code).name
            self.assertNotIn(name, application.missing)
        self.assertFalse(application.missing)
        application.action_submit()
        self.assertEqual(application.state, "submitted")

    def test_sc02_a_document_without_a_file_is_missing(self):
        application = self.enter()
        document = application.document_ids[0]
        document.file_ids = False
        self.assertFalse(document.attachment_ids)
        with self.assertRaisesRegex(UserError, document.kind_id.name):
            application.action_submit()

    def test_sc02_region_company_and_contact_are_named_too(self):
        application = self.enter(applicant_name=False, region_id=False, email=False, phone=False)
        with self.assertRaisesRegex(UserError, "the requested region.*the company's name.*e-mail address"):
            application.action_submit()

    def test_sc03_the_area_manager_of_the_province_is_chosen(self):
        for code, manager in (
            ("421222", self.area_manager),
            ("320106", self.other_manager),
            ("420000", self.area_manager),
        ):
            with self.subTest(code=code):
                application = self.enter(materials={}, region_id=self._region(code).id)
                self.assertEqual(application.area_manager_id, manager)
        self.env["rural.macro.region"].search([("name", "=", "试验华中")]).manager_id = self.director
        self.assertEqual(application.area_manager_id, self.director)

    def test_sc03_the_area_manager_is_asked_with_a_deadline_in_working_days(self):
        with freeze_time("2026-09-29 02:00:00"):
            application = self.submitted()
        activity = application.activity_ids
        self.assertEqual(activity.user_id, self.area_manager)
        self.assertEqual(str(application.review_deadline), "2026-10-12 15:59:59")
        self.assertEqual(str(activity.date_deadline), "2026-10-12")

    def test_sc03_the_area_manager_approves_and_a_center_comes_into_being(self):
        application = self.approved()
        center = application.center_id
        self.assertEqual(application.state, "approved")
        self.assertEqual(
            (center.name, center.kind, center.region_id), ("通城县区域服务中心", "city_county", self.county)
        )
        self.assertEqual((center.state, center.service_code), ("draft", False))
        self.assertEqual((center.partner_id.name, center.partner_id.vat), ("通城绿源农业有限公司", CREDIT_CODES[0]))
        self.assertEqual(center.document_ids, application.document_ids)
        self.assertEqual(application.decided_by_id, self.area_manager)
        self.assertFalse(application.activity_ids)

    def test_sc01_a_provincial_center_is_applied_for_too(self):
        application = self.approved(region_id=self._region("420000").id)
        self.assertEqual((application.kind, application.center_id.name), ("province", "湖北省运营服务中心"))
        with self.assertRaises(ValidationError):
            self.enter(materials={}, region_id=self._region("420000").id, kind="city_county")

    def test_sc19_a_supplier_becomes_a_center_under_its_own_name(self):
        supplier = self.env["res.partner"].create(
            {"name": "绿源农业", "vat": CREDIT_CODES[0], "is_company": True, "company_id": self.company.id}
        )
        self.assertEqual(self.approved().center_id.partner_id, supplier)

    def test_sc03_a_rejection_takes_a_reason_and_makes_no_center(self):
        application = self.submitted()
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            Form(self._decision(application, "reject")).save()
        wizard = Form(self._decision(application, "reject"))
        wizard.reason = "没有农产品供应链经验"
        wizard.save().action_apply()
        self.assertEqual((application.state, application.decision_reason), ("rejected", "没有农产品供应链经验"))
        self.assertFalse(application.center_id)
        letter = self.assert_letters(application, "received", "rejected")[-1]
        self.assertIn("没有农产品供应链经验", letter.body_html)
        with self.assertRaises(UserError):
            self.as_user(application, self.area_manager).action_approve()

    def _decision(self, application, decision):
        action = getattr(self.as_user(application, self.area_manager), f"action_{decision}")()
        return self.env[action["res_model"]].with_user(self.area_manager).with_context(**action["context"])

    def test_sc03_an_application_is_given_back_for_corrections(self):
        application = self.submitted()
        self.as_user(application, self.area_manager)._return("营业执照扫描件看不清")
        self.assertEqual((application.state, application.activity_ids.ids), ("draft", []))
        application.action_submit()
        self.assertEqual((application.state, application.decision_reason), ("submitted", False))

    def test_sc02_an_application_is_withdrawn(self):
        application = self.submitted()
        application._withdraw("股东不同意")
        self.assertEqual(application.state, "withdrawn")
        self.assertFalse(application.activity_ids)
        with self.assertRaises(UserError):
            application._withdraw("再来一次")

    def test_sc03_the_applicant_is_told(self):
        application = self.submitted()
        self.as_user(application, self.area_manager)._return("营业执照扫描件看不清")
        application.action_submit()
        self.find_conditions_met(application)
        self.as_user(application, self.area_manager).action_approve()
        letters = self.assert_letters(application, "received", "missing", "received", "approved")
        self.assertEqual(set(letters.mapped("email_to")), {"lvyuan@example.com"})
        self.assertIn("营业执照扫描件看不清", letters[1].body_html)
        self.assertIn(application.sudo().access_token, letters[0].body_html)

    def test_sc03_a_reviewer_enters_what_the_materials_say_before_approval(self):
        application = self.enter(credit_code=False, legal_representative=False)
        licence = application.document_ids.filtered(lambda document: document.kind_id.code == "business_licence")
        licence.write({"number": False, "is_long_term": False})
        application.action_submit()
        self.find_conditions_met(application)
        reviewed = self.as_user(application, self.area_manager)
        with self.assertRaisesRegex(UserError, "credit code.*legal representative.*the number.*the last day"):
            reviewed.action_approve()
        reviewed.write({"credit_code": CREDIT_CODES[0], "legal_representative": "吴立新"})
        licence.write({"number": CREDIT_CODES[0], "valid_until": "2020-12-31"})
        with self.assertRaisesRegex(UserError, "expired"):
            reviewed.action_approve()
        licence.valid_until = "2036-12-31"
        reviewed.action_approve()
        self.assertEqual(application.state, "approved")

    def test_sc03_each_entry_condition_is_found_met_or_not_with_a_word_why(self):
        application = self.submitted()
        self.assertEqual(len(application.condition_ids), 4)
        reviewed = self.as_user(application, self.area_manager)
        with self.assertRaisesRegex(UserError, "Supply-Chain Experience.*Willingness to Keep the Rules"):
            reviewed.action_approve()
        reviewed.condition_ids.verdict = "met"
        with self.assertRaisesRegex(UserError, "entry condition"):
            reviewed.action_approve()
        reviewed.condition_ids.note = "实地走访"
        reviewed.action_approve()
        self.assertEqual(application.state, "approved")

    def test_sc03_an_approval_with_a_condition_not_met_takes_a_manager_s_reason(self):
        application = self.submitted()
        self.find_conditions_met(application)
        reviewed = self.as_user(application, self.area_manager)
        reviewed.condition_ids[0].write({"verdict": "not_met", "note": "没有供应链经验"})
        with self.assertRaisesRegex(AccessError, r"Supply-Chain Experience \(没有供应链经验\).*with a reason"):
            reviewed.action_approve()
        with self.assertRaises(AccessError):
            reviewed._approve_all_the_same("我说可以")
        directed = self.as_user(application, self.director)
        action = directed.action_approve()
        self.assertEqual((application.state, action["res_model"]), ("submitted", "rural.step.reason"))
        wizard = Form(self.env[action["res_model"]].with_user(self.director).with_context(**action["context"]))
        wizard.reason = "省内唯一申请单位，由省级中心带教"
        wizard.save().action_apply()
        self.assertEqual((application.state, application.decided_by_id), ("approved", self.director))
        self.assertEqual(application.exception_reason, "省内唯一申请单位，由省级中心带教")
        self.assertNotIn("省级中心带教", "".join(self.letters(application).mapped("body_html")))

    def test_sc03_only_the_reviewer_finds_and_only_in_review(self):
        application = self.submitted()
        for user in (self.operations, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.as_user(application.condition_ids, user).verdict = "met"
        condition = self.as_user(application.condition_ids[0], self.area_manager)
        with self.assertRaises(UserError):
            condition.application_id = self.enter()
        self.find_conditions_met(application)
        self.as_user(application, self.area_manager).action_approve()
        with self.assertRaises(UserError):
            condition.verdict = "not_met"

    def test_sc02_a_company_applies_once_at_a_time_for_a_region(self):
        self.submitted()
        with self.assertRaisesRegex(UserError, "already"):
            self.submitted(email="another@example.com")
        self.submitted(region_id=self._region("421223").id)

    def test_sc02_two_at_once_wait_for_each_other(self):
        application = self.submitted()
        with (
            mute_logger("odoo.sql_db"),
            closing(db_connect(self.cr.dbname).cursor()) as other,
            self.assertRaises(LockNotAvailable),
        ):
            other.execute(
                "SELECT id FROM rural_region WHERE id = %s FOR NO KEY UPDATE NOWAIT", (application.region_id.id,)
            )

    def test_sc02_an_application_in_review_stays_complete(self):
        application = self.submitted()
        document = application.document_ids[0]
        for attempt in (
            lambda: application.write({"region_id": False}),
            lambda: application.write({"applicant_name": False}),
            lambda: application.write({"document_ids": [(2, document.id)]}),
            document.unlink,
            lambda: document.write({"file_ids": False}),
            lambda: document.write({"kind_id": self._kind("center_other").id}),
        ):
            with self.assertRaisesRegex(UserError, "in review and stays complete"), self.env.cr.savepoint():
                attempt()
            self.env.invalidate_all()

    def test_sc03_another_region_is_reviewed_by_its_own_area_manager(self):
        application = self.submitted()
        application.region_id = self._region("320106")
        self.assertEqual(application.area_manager_id, self.other_manager)
        self.assertEqual(application.activity_ids.user_id, self.other_manager)
        self.submitted()
        with self.assertRaisesRegex(UserError, "already"):
            application.region_id = self.county

    def test_sc02_an_application_stays_with_its_company(self):
        application = self.enter()
        other = self._new_company("别家运营商")
        with self.assertRaisesRegex(UserError, "stays with the company"):
            application.company_id = other

    def test_sc03_only_those_who_may_decide_are_offered_to(self):
        application = self.submitted()
        for user, may in (
            (self.operations, False),
            (self.other_manager, False),
            (self.area_manager, True),
            (self.director, True),
        ):
            with self.subTest(user=user.login):
                self.assertIs(self.as_user(application, user).can_decide, may)

    def test_sc02_a_wrong_credit_code_is_refused(self):
        with self.assertRaises(ValidationError):
            self.enter(credit_code="91350100M000100Y44")
        self.assertEqual(self.enter(credit_code=" 9135 0100 m000100y43").credit_code, CREDIT_CODES[0])

    # ------------------------------------------------------------------
    # A second center (SC-04)
    # ------------------------------------------------------------------

    def test_sc04_a_second_center_is_refused_and_let_in_by_override(self):
        first = self.approved().center_id
        second = self.submitted(applicant_name="通城县供销集团", credit_code=CREDIT_CODES[1])
        self.find_conditions_met(second)
        reviewed = self.as_user(second, self.area_manager)
        self.assertEqual(reviewed.occupant_id, first)
        with self.assertRaisesRegex(ValidationError, first.name):
            reviewed.action_approve()
        with self.assertRaises(AccessError):
            reviewed.override_reason = "我说可以"
        self.as_user(second, self.director).override_reason = "县域面积大，分南北两片"
        self.assertEqual(second.override_by_id, self.director)
        reviewed.action_approve()
        self.assertEqual(second.center_id.override_reason, "县域面积大，分南北两片")
        self.assertEqual(second.center_id.override_by_id, self.director)

    def test_sc04_a_reason_given_in_vain_is_not_taken_to_the_center(self):
        application = self.submitted()
        self.as_user(application, self.director).override_reason = "以防万一"
        self.find_conditions_met(application)
        self.as_user(application, self.area_manager).action_approve()
        self.assertFalse(application.center_id.override_reason)
