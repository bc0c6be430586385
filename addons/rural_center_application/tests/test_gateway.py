from email.message import EmailMessage
from email.policy import SMTP

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CREDIT_CODES, MATERIALS, PROGRAM, ApplicationCase, content_of

SENDER = "李晓 <lixiao@example.com>"
LETTER = """尊敬的大区经理：

企业名称：通城绿源农业有限公司
统一社会信用代码：{code}
法定代表人：吴立新
联系人：李晓　联系电话：139 0000 1111
"""


def letter(subject, files=(), sender=SENDER, to="service-center@example.com", code=CREDIT_CODES[0], **headers):
    """Return an e-mail as it arrives, RFC 822."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-Id"] = f"<{abs(hash((subject, sender, tuple(headers.items()), len(files))))}@example.com>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(LETTER.format(code=code))
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def materials(*codes):
    """Return the materials as files of an e-mail."""
    return [(name, content_of(name)) for code, name in MATERIALS.items() if not codes or code in codes]


@tagged("post_install", "-at_install")
class TestGateway(ApplicationCase):
    """Applications by e-mail, through Odoo's own gateway (SC-02)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "mail.operator.example.com"})
        cls.company.alias_domain_id = domain
        cls.alias = cls.env.ref("rural_center_application.mail_alias_center_application")
        cls.alias.write({"alias_domain_id": domain.id, "alias_defaults": {"company_id": cls.company.id}})
        cls.address = cls.alias.alias_full_name

    def receive(self, subject, files=(), **headers):
        gateway = self.env["mail.thread"].sudo().with_context(allowed_company_ids=self.env.user.company_ids.ids)
        number = gateway.message_process(False, letter(subject, files, to=self.address, **headers))
        return self.Application.browse(number)

    def test_sc02_a_complete_letter_becomes_a_submitted_application(self):
        application = self.receive("区域服务中心+通城县", materials())
        self.assertEqual((application.channel, application.state), ("email", "submitted"))
        self.assertEqual((application.region_id, application.company_id), (self.county, self.company))
        self.assertEqual(
            (application.applicant_name, application.credit_code, application.legal_representative),
            ("通城绿源农业有限公司", CREDIT_CODES[0], "吴立新"),
        )
        self.assertEqual(
            (application.contact_name, application.phone, application.email),
            ("李晓", "139 0000 1111", "lixiao@example.com"),
        )
        kinds = application.document_ids.mapped("kind_id.code")
        self.assertEqual(set(kinds), set(MATERIALS))
        self.assertEqual(application.area_manager_id, self.area_manager)
        self.assertEqual(application.activity_ids.user_id, self.area_manager)
        self.assert_letters(application, "received")

    def test_sc03_a_letter_is_approved_by_the_area_manager_once_the_details_are_entered(self):
        application = self.receive("区域服务中心+通城县", materials())
        for document in application.document_ids:
            document.write({"number": "1", "is_long_term": document.has_expiry})
        self.find_conditions_met(application)
        self.as_user(application, self.area_manager).action_approve()
        self.assertTrue(application.center_id)

    def test_sc02_a_letter_without_a_material_is_answered_with_what_is_missing(self):
        application = self.receive("区域服务中心+通城", materials("business_licence", "identity_card"))
        self.assertEqual((application.state, application.region_id), ("draft", self.county))
        answer = self.assert_letters(application, "missing")
        for code in ("center_application_form", "company_introduction"):
            self.assertIn(self.name_of_kind(code, application), answer.body_html)
        self.assertNotIn(self.name_of_kind("business_licence", application), answer.body_html)
        self.assertEqual(application.activity_ids.user_id, self.area_manager)

    def test_sc02_the_applicant_answers_with_the_missing_files(self):
        application = self.receive("区域服务中心+通城", materials("business_licence", "identity_card"))
        sent = self.letters(application)
        more = materials("center_application_form", "company_introduction")
        again = self.receive("Re: 请补充材料", more, In_Reply_To=sent.mail_message_id.message_id)
        self.assertEqual(again, application)
        self.assertEqual((application.state, len(application.document_ids)), ("submitted", 4))

    def test_sc02_a_stranger_adds_nothing_to_an_application(self):
        application = self.receive("区域服务中心+通城", materials("business_licence"))
        sent = self.letters(application)
        self.receive(
            "Re: 请补充材料",
            materials("company_introduction"),
            In_Reply_To=sent.mail_message_id.message_id,
            sender="冒充者 <someone@else.example>",
        )
        self.assertEqual(application.document_ids.mapped("kind_id.code"), ["business_licence"])

    def test_sc02_a_file_that_lies_about_its_type_is_not_taken(self):
        files = [*materials("business_licence", "identity_card", "company_introduction"), ("申请表.pdf", PROGRAM)]
        application = self.receive("区域服务中心+通城县", files)
        self.assertEqual(application.state, "draft")
        self.assertIn("申请表.pdf", application.refused_files)
        self.assertIn("申请表.pdf", self.letters(application).body_html)

    def test_sc02_a_file_whose_name_says_nothing_waits_for_a_person(self):
        scan = ("扫描001.pdf", content_of("扫描001.pdf"))
        files = [*materials("business_licence", "identity_card", "company_introduction"), scan]
        application = self.receive("区域服务中心+通城县", files)
        other = application.document_ids.filtered(lambda document: document.kind_id.code == "center_other")
        self.assertEqual((application.state, other.attachment_ids.name), ("draft", "扫描001.pdf"))
        other.kind_id = self._kind("center_application_form")
        self.as_user(application, self.operations).action_submit()
        self.assertEqual(application.state, "submitted")

    def test_sc02_an_ambiguous_region_waits_for_a_person_to_choose(self):
        for text, count in (("鼓楼区", 4), ("朝阳", 4)):
            with self.subTest(text=text):
                application = self.receive(f"区域服务中心+{text}", materials())
                self.assertEqual((application.state, application.region_id.ids), ("draft", []))
                self.assertEqual(len(application.candidate_region_ids), count)
                self.assertIn(text, application.activity_ids.summary)
                self.assertFalse(application.occupant_id)
                self.as_user(application, self.operations).read()
        chosen = self._region("320106")
        entered = self.as_user(application, self.operations)
        entered.region_id = chosen
        self.assertFalse(application.candidate_region_ids)
        entered.action_submit()
        self.assertEqual((application.area_manager_id, application.state), (self.other_manager, "submitted"))

    def test_sc02_subjects_as_people_write_them(self):
        for subject, code in (
            ("转发：区域服务中心＋湖北省咸宁市通城县", "421222"),
            ("Fwd: 区域服务中心 + 通城 （绿源农业）", "421222"),
            ("区域服务中心+湖北省", "420000"),
            ("区域服务中心：恩施州", "422800"),
            ("区域服务中心+湖北省，通城县", "421222"),
            ("区域服务中心+湖北 - 通城县", "421222"),
            ("区域服务中心+湖北省（通城县）", "421222"),
            ("区域服务中心+湖北省，通城县绿源农业有限公司", False),
            ("【区域服务中心】+通城县", "421222"),
            ("“区域服务中心”+“通城县”", "421222"),
            ("区域服务中心+通城县申请材料", "421222"),
            ("区域服务中心+通城县区域服务中心", "421222"),
            ("区域服务中心﹢通城县", "421222"),
            ("请问怎么申请？", False),
            ("区域服务中心+某个地方", False),
        ):
            with self.subTest(subject=subject):
                self.assertEqual(self.receive(subject).region_id.code, code)

    def test_sc02_a_second_letter_of_the_same_company_waits_for_a_person(self):
        first = self.receive("区域服务中心+通城县", materials())
        second = self.receive("区域服务中心+通城县", materials(), X_Again="1")
        self.assertNotEqual(first, second)
        self.assertEqual((first.state, second.state), ("submitted", "draft"))
        self.assertTrue(second.activity_ids)

    def test_sc02_a_wrong_credit_code_in_a_letter_is_left_for_the_reviewer(self):
        message = letter("区域服务中心+通城县", to=self.address).replace(
            CREDIT_CODES[0].encode(), b"91350100M000100Y44"
        )
        number = self.env["mail.thread"].sudo().message_process(False, message)
        self.assertFalse(self.Application.browse(number).credit_code)

    def test_sc02_nobody_but_the_gateway_makes_an_application_of_a_letter(self):
        """A client may call what the gateway calls; it gets no rights by it."""
        forged = {"email_from": SENDER, "subject": "区域服务中心+通城县", "body": "<p>法定代表人：某人</p>"}
        portal = new_test_user(self.env, "letter_portal", "base.group_portal")
        for user in (portal, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.Application.with_user(user).message_new(forged, {"state": "approved"})
        application = self.Application.with_user(self.operations).message_new(forged, {"state": "approved"})
        self.assertEqual(application.state, "draft")
        with self.assertRaises(AccessError):
            application.with_user(self.officer).message_update(forged)
