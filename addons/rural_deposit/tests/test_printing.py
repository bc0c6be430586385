import io
import unicodedata

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from .common import DepositCase


class TestPrinting(DepositCase):
    """DP-01: the receipt as a Chinese form."""

    def text(self, movements):
        reports = self.env["ir.actions.report"].with_user(self.operations)
        html, kind = reports._render_qweb_html("rural_deposit.report_receipt", movements.ids)
        self.assertEqual(kind, "html")
        return html2plaintext(html)

    def test_dp01_receipt_says_who_what_and_how_much(self):
        movement = self.done("collect", 20_000.50, document="建行回单 0815")
        text = self.text(movement)
        for expected in (
            "收　据", "保证金试验运营商", "利川市山里货商贸有限公司", "湖北省利川市", "贰万元伍角整", "20,000.50",
            movement.name, self.deposit.name, "建行回单 0815", "2022年7月1日", "DP-01", "盖章",
        ):  # fmt: skip
            self.assertIn(expected, text)
        self.assertNotIn("作　废", text)

    def test_dp02_notice_of_a_deduction_names_what_is_beyond_the_balance(self):
        self.done("collect", 500)
        text = self.text(self.done("deduct", 620.50))
        for expected in ("保证金扣减通知单", "620.50", "120.50", "转为应收款"):
            self.assertIn(expected, text)

    def test_dp04_refund_has_its_own_form(self):
        self.done("collect", 500)
        self.assertIn("保证金退还单", self.text(self.done("refund", 500)))

    def test_dp01_nothing_is_receipted_before_it_is_posted(self):
        with self.assertRaisesRegex(UserError, "has not been posted"):
            self.text(self.approve(self.request("collect", 5)))

    def test_dp03_receipt_of_a_cancelled_movement_is_void(self):
        self.assertIn("作　废", self.text(self.cancel(self.done("collect", 5))))

    def test_dp01_receipt_keeps_the_balance_of_its_day(self):
        first = self.done("collect", 500)
        self.done("top_up", 700)
        self.assertIn("¥ 500.00", self.text(first))


@tagged("post_install", "-at_install")
class TestPdf(HttpCase, DepositCase):
    def test_dp01_receipt_is_rendered_in_chinese(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        from pypdf import PdfReader

        movements = self.done("collect", 20_000) + self.done("top_up", 5)
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("rural_deposit.report_receipt", movements.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 2)
        # The font draws some characters by their radicals.
        text = unicodedata.normalize("NFKC", pages[0].extract_text())
        self.assertIn("利川市山里货商贸有限公司", text)
        self.assertIn("贰万元整", text)
