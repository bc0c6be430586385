import io
import unicodedata

import pypdfium2

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from odoo.addons.rural_base import china_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestPrinting(HttpCase, AgreementCase):
    """SC-05, SC-16: agreement and certificate as Chinese documents."""

    def html(self, report, records):
        reports = self.env["ir.actions.report"].with_user(self.operations)
        content, _kind = reports._render_qweb_html(f"rural_center_agreement.{report}", records.ids)
        return html2plaintext(content)

    def test_sc16_the_agreement_names_parties_region_targets_and_deposit(self):
        text = self.html("report_agreement", self.agreement)
        for words in (
            "区域服务中心年度合作协议", self.agreement.number, "协议试验运营商", "通城县黄袍山电商有限公司",
            "湖北省咸宁市通城县", "600,000.00", "2,000,000.00", "90%", "20,000.00", "贰万元整", "2026年12月31日",
        ):  # fmt: skip
            self.assertIn(words, text)

    def test_sc01_a_provincial_center_has_its_own_duties(self):
        province = self._new_center("湖北省运营服务中心", "420000", kind="province")
        text = self.html("report_agreement", self._new_agreement(province))
        self.assertIn("招募、培训、管理和指导", text)
        self.assertIn("伍万元整", text)

    def test_sc05_the_certificate_is_one_page_and_a_revoked_one_says_so(self):
        self.bring_to("certified")
        certificate = self.agreement.certificate_id
        self.assertIn("授权区域", self.html("report_certificate", certificate))
        self.assertNotIn("已撤销", self.html("report_certificate", certificate))
        certificate._revoke(china_time.today(), "更名")
        self.assertIn("已撤销", self.html("report_certificate", certificate))

    def test_the_pdf_is_readable(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("rural_center_agreement.report_agreement", self.agreement.ids)
        self.assertEqual(kind, "pdf")
        pages = pypdfium2.PdfDocument(io.BytesIO(content))
        text = unicodedata.normalize("NFKC", "".join(page.get_textpage().get_text_bounded() for page in pages))
        self.assertIn("区域服务中心年度合作协议", text.replace("\n", ""))
