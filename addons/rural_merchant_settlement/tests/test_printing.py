import io
import unicodedata
from datetime import date

import openpyxl

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from .common import StatementCase


@tagged("post_install", "-at_install")
class TestPrinting(HttpCase, StatementCase):
    """MA-09: the statement as a Chinese form, on paper and as a workbook."""

    def setUp(self):
        super().setUp()
        self._load(
            "Q1,2023-05-10 12:00:00,SH1,T1,预付费卡,消费,1000.00",
            "Q2,2023-05-12 12:00:00,SH1,T1,银行卡,消费,200.00",
        )
        self._close(date(2023, 5, 31))
        self.statement = self._statement(date(2023, 5, 1))
        self.reports = self.env["ir.actions.report"].with_user(self.officer)

    def test_ma09_printed_form(self):
        html, _kind = self.reports._render_qweb_html("rural_merchant_settlement.report_statement", self.statement.ids)
        text = html2plaintext(html)
        for expected in ("联盟商家结算单", "老街饭店", "SH1", "2023-05", "预付费卡消费", "1,000.00", "100.00", "10%",
                         "银行卡消费", "4.00", "1,096.00", "壹仟零玖拾陆元整", "已确认"):  # fmt: skip
            self.assertIn(expected, text)

    def test_ma09_workbook_has_the_same_figures(self):
        content, _kind = self.reports._render_xlsx("rural_merchant_settlement.statement_xlsx", self.statement.ids, {})
        cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]
        self.assertIn(["预付费卡消费", "2023-05", 1, 0.1, 1000, 100, 0, 0, 900, ""], [row[:10] for row in cells])
        total = next(row for row in cells if row[0] == "合计")
        self.assertEqual(total[4:9], [1200, 100, 4, 0, 1096])

    def test_ma09_pdf_in_chinese(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        from pypdf import PdfReader

        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf("rural_merchant_settlement.report_statement", self.statement.ids)
        text = unicodedata.normalize("NFKC", PdfReader(io.BytesIO(content)).pages[0].extract_text())
        self.assertIn("壹仟零玖拾陆元整", text)
