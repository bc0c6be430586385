import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.rural_portal.public_form import HONEYPOT

from .common import CREDIT_CODES, MATERIALS, PDF, PROGRAM, ApplicationMixin, content_of

APPLY = "/centers/apply"


@tagged("post_install", "-at_install")
class TestPublicForm(ApplicationMixin, HttpCase):
    """Applications by the public web form (SC-02)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        cls.area_manager = cls._new_user("web_area", "rural_base.group_operations")
        cls.county = cls._region("431382")
        province = cls.county._province()
        province.macro_region_id = cls._new_macro_region("网上试验大区", cls.area_manager)
        cls.Application = cls.env["rural.center.application"]
        cls._set("application_form_seconds", 0)

    @classmethod
    def _set(cls, code, value):
        cls.env["rural.parameter"].search([("code", "=", code)]).value_ids.value = value

    def answers(self, **changes):
        return {
            "kind": "city_county",
            "region_province": str(self.county._province().id),
            "region_city": str(self.county.parent_id.id),
            "region_county": str(self.county.id),
            "applicant_name": "涟源市绿源农业有限公司",
            "credit_code": CREDIT_CODES[0],
            "enterprise_type": "private",
            "legal_representative": "吴立新",
            "contact_name": "李晓",
            "phone": "139 0000 1111",
            "email": "lixiao@example.com",
            "business_licence_long_term": "1",
            "identity_card_number": "431382197803120011",
            "identity_card_until": "2099-12-31",
            **changes,
        }

    def files(self, **changes):
        names = {code: (name, content_of(name)) for code, name in MATERIALS.items()} | changes
        return [(f"file_{code}", file) for code, file in names.items() if file]

    def send(self, files=None, address=APPLY, page=None, **changes):
        """Open the form as a browser does, fill it in and send it."""
        page = page or self.url_open(address).text
        hidden = dict(re.findall(r'name="(csrf_token|opened)" value="([^"]*)"', page))
        answers = {name: value for name, value in {**self.answers(), **hidden, **changes}.items() if value is not None}
        return self.url_open(APPLY, data=answers, files=self.files() if files is None else files)

    def kind_on_page(self, code):
        """The name of a kind of document in the language of the page."""
        public = self.env.ref("base.public_user")
        return self._kind(code).with_context(lang=public.lang).name

    def applications(self):
        return self.Application.search([("channel", "=", "web"), ("region_id", "=", self.county.id)], order="id")

    def assert_refused(self, response, *words, status=400):
        self.assertEqual(response.status_code, status)
        for word in words:
            self.assertTrue(word in response.text, word)
        self.assertFalse(self.applications())

    # ------------------------------------------------------------------
    # Taken
    # ------------------------------------------------------------------

    def test_sc02_a_visitor_applies_and_follows_the_application(self):
        response = self.send()
        application = self.applications()
        self.assertEqual(response.status_code, 200)
        self.assertEqual((application.state, application.region_id), ("submitted", self.county))
        self.assertEqual(application.area_manager_id, self.area_manager)
        self.assertFalse(application.entered_by_id)
        self.assertIn(f"/centers/application/{application.id}?access_token=", response.url)
        self.assertIn(application.name, response.text)
        self.assertEqual(set(application.document_ids.mapped("kind_id.code")), set(MATERIALS))
        licence = application.document_ids.filtered(lambda document: document.kind_id.code == "business_licence")
        self.assertEqual((licence.number, licence.is_long_term), (CREDIT_CODES[0], True))
        self.assert_letters(application, "received")

    def test_sc03_nothing_is_left_to_enter_before_approval(self):
        self.send()
        application = self.applications()
        self.find_conditions_met(application)
        application.with_user(self.area_manager).action_approve()
        self.assertEqual(application.center_id.region_id, self.county)

    def test_sc02_several_files_for_one_material(self):
        front, back = ("正面.png", content_of("a.png")), ("反面.png", content_of("b.png"))
        files = [*self.files(identity_card=None), ("file_identity_card", front), ("file_identity_card", back)]
        self.send(files)
        document = self.applications().document_ids.filtered(lambda document: document.kind_id.code == "identity_card")
        self.assertEqual(set(document.attachment_ids.mapped("name")), {"正面.png", "反面.png"})

    def test_sc01_a_provincial_center_is_applied_for(self):
        province = self._region("540000")
        self.send(kind="province", region_province=str(province.id), region_city=None, region_county=None)
        application = self.Application.search([("channel", "=", "web"), ("region_id", "=", province.id)])
        self.assertEqual((application.kind, application.state), ("province", "submitted"))

    def test_the_regions_below_are_offered_without_those_that_have_no_name(self):
        for code, expected in (("110000", "东城区"), ("420000", "仙桃市"), ("422800", "利川市")):
            answer = self.url_open(f"/centers/regions?parent={self._region(code).id}").json()
            names = [name for _id, name in answer]
            with self.subTest(code=code):
                self.assertIn(expected, names)
                self.assertFalse({"市辖区", "省直辖县级行政区划"} & set(names))
        for parent in ("", "0", "x", "999999999", "-1", "9" * 30):
            self.assertEqual(self.url_open(f"/centers/regions?parent={parent}").json(), [])

    # ------------------------------------------------------------------
    # Refused, with what is wrong
    # ------------------------------------------------------------------

    def test_sc02_a_missing_material_is_named(self):
        for code in MATERIALS:
            with self.subTest(code=code):
                response = self.send(self.files(**{code: None}))
                self.assert_refused(response, f'id="problem_{code}"', self.kind_on_page(code))

    def test_a_file_that_lies_about_its_type(self):
        for name, content in (("营业执照.pdf", PROGRAM), ("营业执照.jpg", PDF), ("营业执照.html", b"<html>"),
                              ("营业执照.png.exe", PROGRAM), ("营业执照.png", b"")):  # fmt: skip
            with self.subTest(name=name):
                self.assert_refused(self.send(self.files(business_licence=(name, content))), name)

    def test_a_file_that_is_too_big(self):
        self._set("document_max_megabytes", 1)
        big = ("大执照.pdf", PDF + b" " * 1024 * 1024)
        self.assert_refused(self.send(self.files(business_licence=big)), "大执照.pdf")

    def test_what_is_typed_is_kept_when_something_is_wrong(self):
        response = self.send(credit_code="123", phone="没有", email="nobody", legal_representative="")
        self.assert_refused(response, "涟源市绿源农业有限公司", "problem_credit_code", "problem_phone", "problem_email")
        self.assertIn("problem_legal_representative", response.text)
        self.assertIn("涟源市", response.text)

    def test_what_visitors_type_is_never_run(self):
        response = self.send(applicant_name="<script>alert(1)</script>", credit_code="x")
        self.assertNotIn("<script>alert(1)", response.text)
        self.assertIn("&lt;script&gt;alert(1)", response.text)

    def test_regions_that_do_not_fit_together(self):
        other = self._region("420000")
        county = self._region("420102")
        for changes in (
            {"region_county": str(county.id)},
            {"region_province": str(other.id)},
            {"region_county": None, "region_city": None},
            {"region_province": "abc"},
            {"region_county": "999999999", "region_city": ""},
            {"kind": "province", "region_province": str(county.id)},
        ):
            with self.subTest(changes=changes):
                self.assert_refused(self.send(**changes))

    def test_documents_that_have_expired_or_lack_their_last_day(self):
        self.assert_refused(self.send(identity_card_until="2020-01-01"))
        self.assert_refused(self.send(identity_card_until=""))
        self.assert_refused(self.send(identity_card_until="31.12.2099"))
        self.assert_refused(self.send(identity_card_number=""))

    def test_sc02_the_same_application_twice(self):
        self.send()
        response = self.send()
        self.assertEqual(response.status_code, 400)
        self.assertIn(self.applications().name, response.text)
        self.assertEqual(len(self.applications()), 1)

    # ------------------------------------------------------------------
    # Abuse
    # ------------------------------------------------------------------

    def test_a_program_that_fills_in_every_field(self):
        self.assert_refused(self.send(**{HONEYPOT: "http://buy.example"}))

    def test_a_form_that_was_sent_too_fast(self):
        self._set("application_form_seconds", 3600)
        self.assert_refused(self.send())

    def test_a_form_that_was_never_opened(self):
        for opened in (None, "", "x", "AAAA", "汉字"):
            with self.subTest(opened=opened):
                self.assert_refused(self.send(opened=opened))

    @mute_logger("odoo.http")
    def test_a_form_of_another_site(self):
        self.assert_refused(self.send(csrf_token="x"))

    def test_too_many_tries_from_one_address(self):
        self._set("application_form_per_hour", 3)
        page = self.url_open(APPLY).text
        for _try in range(3):
            self.assert_refused(self.send(page=page, credit_code="x"))
        self.assert_refused(self.send(page=page), status=429)
        attempts = self.env["rural.application.attempt"].search([])
        self.assertNotIn("127.0.0.1", " ".join(attempts.mapped("sender")))
        attempts.sent_at = "2020-01-01 00:00:00"
        self.assertEqual(self.send(page=page).status_code, 200)
        self.env["rural.application.attempt"]._gc_attempts()
        self.assertFalse(attempts.exists() - self.env["rural.application.attempt"].search([]))

    def test_a_name_of_a_file_leads_nowhere(self):
        self.send(self.files(business_licence=("../../etc/执照.png", content_of("a.png"))))
        names = self.applications().document_ids.attachment_ids.mapped("name")
        self.assertIn("执照.png", names)


@tagged("post_install", "-at_install")
class TestApplicationPage(ApplicationMixin, HttpCase):
    """The page of an application: for whoever has its address, and nobody else (SC-02)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_applications()
        cls.env["rural.parameter"].search([("code", "=", "application_form_seconds")]).value_ids.value = 0

    def address(self, application, step="", token=None):
        token = application.sudo().access_token if token is None else token
        return f"/centers/application/{application.id}{step}?access_token={token}"

    def supply(self, application, files, token=None):
        page = self.url_open(self.address(application)).text
        hidden = dict(re.findall(r'name="(csrf_token|opened|access_token)" value="([^"]*)"', page))
        if token is not None:
            hidden["access_token"] = token
        return self.url_open(f"/centers/application/{application.id}/supply", data=hidden, files=files)

    def test_every_stage_has_its_page(self):
        draft = self.enter(materials={})
        submitted = self.submitted(region_id=self._region("421223").id)
        approved = self.approved(region_id=self._region("421224").id)
        rejected = self.submitted(region_id=self._region("421221").id)
        self.as_user(rejected, self.area_manager)._reject("没有供应链经验")
        for application in (draft, submitted, approved, rejected):
            with self.subTest(state=application.state):
                response = self.url_open(self.address(application))
                self.assertEqual(response.status_code, 200)
                self.assertIn(application.name, response.text)
                self.assertEqual("/supply" in response.text, application.state == "draft")
        self.assertIn("没有供应链经验", response.text)

    @mute_logger("odoo.http")
    def test_guessed_numbers_and_tokens_are_not_found(self):
        mine, theirs = self.enter(materials={}), self.enter(materials={}, applicant_name="另一家")
        token = mine.sudo().access_token
        for number, guess in ((theirs.id, token), (mine.id, ""), (mine.id, "x" * 36), (10**8, token)):
            with self.subTest(number=number, guess=guess):
                answer = self.url_open(f"/centers/application/{number}?access_token={guess}")
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn("另一家", answer.text)
        self.assertEqual(self.url_open(f"/centers/application/{mine.id}").status_code, 404)
        file = [("file_business_licence", ("营业执照.pdf", PDF))]
        self.assertEqual(self.supply(theirs, file, token).status_code, 404)
        self.assertFalse(theirs.document_ids)

    def test_sc02_missing_materials_are_supplied_and_the_application_is_submitted(self):
        application = self.enter(materials={"business_licence": MATERIALS["business_licence"]})
        some = [("file_company_introduction", ("介绍.pdf", PDF)), ("file_identity_card", ("身份证.pdf", PROGRAM))]
        refused = self.supply(application, some)
        self.assertEqual(refused.status_code, 400)
        self.assertTrue("身份证.pdf" in refused.text)
        self.assertEqual(application.state, "draft")
        rest = [("file_center_application_form", ("申请表.pdf", PDF)), ("file_identity_card", ("身份证.pdf", PDF))]
        self.assertEqual(self.supply(application, rest).status_code, 200)
        self.assertEqual((application.state, len(application.document_ids)), ("submitted", 4))
        self.assertTrue(application.document_ids.filtered("needs_number")[0].number)

    def test_sc02_the_applicant_withdraws(self):
        application = self.submitted()
        page = self.url_open(self.address(application)).text
        hidden = dict(re.findall(r'name="(csrf_token|access_token)" value="([^"]*)"', page))
        response = self.url_open(f"/centers/application/{application.id}/withdraw", data=hidden)
        self.assertEqual((response.status_code, application.state), (200, "withdrawn"))
