import io
import zipfile

from odoo.tests import TransactionCase

from odoo.addons.rural_base.tests.common import CompanyMixin

from ..models.application.application import LETTERS

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref 9\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200
MATERIALS = {
    "center_application_form": "区域服务中心申请表.pdf",
    "business_licence": "营业执照.png",
    "identity_card": "法定代表人身份证.pdf",
    "company_introduction": "企业介绍.docx",
}
CREDIT_CODES = ("91350100M000100Y43", "91422802MA49ABCD07", "91420000MA4K00001N")


def word_file():
    """Return the smallest thing that is a Word document."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return content.getvalue()


def content_of(name):
    """Return a right content for a file's name."""
    return {"pdf": PDF, "png": PNG, "docx": word_file()}[name.rsplit(".", 1)[1]]


class ApplicationMixin(CompanyMixin):
    """A company, a macro-region with its area manager, people of each role."""

    @classmethod
    def _set_up_applications(cls):
        cls._work_in(cls._new_company("试验运营商", email="operator@example.com"))
        cls.operations = cls._new_user("app_operations", "rural_base.group_operations")
        cls.area_manager = cls._new_user("app_area", "rural_base.group_operations")
        cls.other_manager = cls._new_user("app_other_area", "rural_base.group_operations")
        cls.director = cls._new_user("app_director", "rural_base.group_operations_manager")
        cls.officer = cls._new_user("app_officer", "rural_base.group_settlement_manager")
        cls._new_macro_region("试验华中", cls.area_manager, "420000")
        cls._new_macro_region("试验华东", cls.other_manager, "320000", "350000")
        cls.county = cls._region("421222")
        cls.Application = cls.env["rural.center.application"]

    @classmethod
    def _new_macro_region(cls, name, manager, *codes):
        provinces = cls.env["rural.region"].search([("code", "in", codes)])
        return cls.env["rural.macro.region"].create(
            {"name": name, "manager_id": manager.id, "region_ids": [(6, 0, provinces.ids)]}
        )

    @classmethod
    def _kind(cls, code):
        return cls.env["rural.document.kind"].search([("code", "=", code)])

    def enter(self, user=None, materials=MATERIALS, **vals):
        """Enter an application in the back office."""
        application = self.as_user(self.Application, user or self.operations).create(
            {
                "applicant_name": "通城绿源农业有限公司",
                "credit_code": CREDIT_CODES[0],
                "legal_representative": "吴立新",
                "contact_name": "吴立新",
                "phone": "139 0000 1111",
                "email": "lvyuan@example.com",
                "region_id": self.county.id,
                **vals,
            }
        )
        for code, name in materials.items():
            self.add_document(application, code, name)
        return application

    def add_document(self, application, code, name, content=None, **vals):
        kind = self._kind(code)
        vals.setdefault("number", "420000" if kind.needs_number else False)
        vals.setdefault("is_long_term", kind.has_expiry and "valid_until" not in vals)
        document = application.env["rural.center.document"].create(
            {"application_id": application.id, "kind_id": kind.id, **vals}
        )
        document._add_file(name, content_of(name) if content is None else content)
        return document

    def submitted(self, **vals):
        application = self.enter(**vals)
        application.action_submit()
        return application

    def find_conditions_met(self, application, user=None):
        """Find all entry conditions met, as the reviewer (SC-03)."""
        conditions = self.as_user(application.condition_ids, user or self.area_manager)
        conditions.write({"verdict": "met", "note": "实地走访"})

    def letters(self, application):
        """What was written to the applicant, oldest first."""
        ours = [("model", "=", application._name), ("res_id", "=", application.id), ("email_to", "!=", False)]
        return self.env["mail.mail"].sudo().search(ours, order="id")

    def assert_letters(self, application, *names):
        """Check which letters were written to the applicant, oldest first; return them."""
        letters = self.letters(application)
        subjects = [
            self.env.ref(LETTERS[name])._render_field("subject", application.ids, compute_lang=True)[application.id]
            for name in names
        ]
        self.assertEqual(letters.mapped("subject"), subjects)
        return letters

    def name_of_kind(self, code, application):
        """The name of a kind of document in the applicant's language."""
        return self._kind(code).with_context(lang=application.lang).name

    def approved(self, **vals):
        application = self.submitted(**vals)
        self.find_conditions_met(application)
        self.as_user(application, self.area_manager).action_approve()
        return application


class ApplicationCase(ApplicationMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_applications()
