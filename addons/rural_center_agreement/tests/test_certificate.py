import io

import pypdfium2
import zxingcpp

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestCertificate(AgreementCase):
    """SC-05: a certificate has a number, a region, its days and a token that nobody guesses."""

    def setUp(self):
        super().setUp()
        self.bring_to("certified")
        self.certificate = self.agreement.certificate_id

    def test_sc05_it_says_who_may_do_what_where_and_until_when(self):
        certificate = self.certificate
        self.assertRegex(certificate.number, r"^SQ2026\d{4}$")
        self.assertEqual(certificate.holder_name, "通城县黄袍山电商有限公司")
        self.assertEqual(certificate.region_id, self.center.region_id)
        self.assertEqual((str(certificate.valid_from), str(certificate.valid_to)), ("2026-03-02", "2026-12-31"))
        self.assertEqual((certificate.state, certificate.issued_by_id), ("valid", self.area))
        self.assertGreaterEqual(len(certificate.token), 20)

    def test_sc05_what_is_printed_stays(self):
        self.center.name = "通城县第一服务中心"
        self.assertEqual(self.certificate.center_name, "通城县区域服务中心")
        with self.assertRaisesRegex(UserError, "not changed"):
            self.certificate.valid_to = "2030-12-31"
        with self.assertRaisesRegex(UserError, "kept for ever"):
            self.certificate.unlink()

    def test_sc05_a_replaced_certificate_no_longer_holds(self):
        self.center.name = "通城县第一服务中心"
        action = self.certificate.with_user(self.operations).action_replace()
        wizard = self.env[action["res_model"]].with_user(self.operations).with_context(**action["context"])
        action = wizard.create({"reason": "更名换发"}).action_apply()
        new = self.env["rural.center.certificate"].browse(action["res_id"])
        self.assertEqual((self.certificate.state, self.certificate.revoke_reason), ("revoked", "更名换发"))
        self.assertEqual((new.state, new.center_name), ("valid", "通城县第一服务中心"))
        self.assertEqual(self.agreement.certificate_id, new)
        self.assertNotEqual(new.token, self.certificate.token)
        with self.assertRaisesRegex(UserError, "no longer holds"):
            self.certificate.with_user(self.operations)._replace("再换")

    def test_sc05_the_state_is_that_of_the_day(self):
        found = self.env["rural.center.certificate"].search([("state", "=", "valid")])
        self.assertIn(self.certificate, found)
        for state, days in (
            ("upcoming", {"valid_from": "2026-03-03"}),
            ("expired", {"valid_from": "2026-01-01", "valid_to": "2026-03-01"}),
        ):
            with self.subTest(state=state):
                self.certificate._write(days)
                self.certificate.invalidate_recordset()
                self.assertEqual(self.certificate.state, state)
                self.assertIn(self.certificate, self.env["rural.center.certificate"].search([("state", "=", state)]))

    def test_sc05_a_cancelled_agreement_takes_its_certificate_back(self):
        # The deposit has gone back, so that nothing hinders.
        self.center.deposit_id.movement_ids.with_user(self.accountant)._cancel("登记有误")
        self.agreement.with_user(self.operations)._cancel("企业放弃")
        self.assertEqual((self.agreement.stage, self.certificate.state), ("cancelled", "revoked"))
        self.assertEqual(self.certificate.revoke_reason, "企业放弃")


@tagged("post_install", "-at_install")
class TestScan(HttpCase, AgreementCase):
    """SC-05: whoever scans the printed certificate reaches the page that says whether it holds."""

    def scan(self, pdf):
        """Return what the QR codes on the pages of a PDF say."""
        codes = []
        for page in pypdfium2.PdfDocument(pdf):
            codes += [code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
        return codes

    def test_sc05_the_printed_code_is_scanned_and_its_address_opened(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        self.env["ir.config_parameter"].sudo().set_param("web.base.url", self.base_url())
        self.bring_to("certified")
        reports = self.env["ir.actions.report"].with_user(self.operations).with_context(force_report_rendering=True)
        pdf, _kind = reports._render_qweb_pdf(
            "rural_center_agreement.report_certificate", self.agreement.certificate_id.ids
        )
        self.assertEqual(len(pypdfium2.PdfDocument(io.BytesIO(pdf))), 1)
        (address,) = self.scan(io.BytesIO(pdf))
        self.assertEqual(address, f"{self.base_url()}/centers/certificate/{self.agreement.certificate_id.token}")
        self.env.flush_all()
        page = self.url_open(address)
        self.assertEqual(page.status_code, 200)
        for words in (self.agreement.certificate_id.number, "通城县区域服务中心", "text-bg-success"):
            self.assertIn(words, page.text)
