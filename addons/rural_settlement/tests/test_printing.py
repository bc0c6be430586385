import io
import unicodedata

import openpyxl

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from .common import FEBRUARY, JANUARY, SettlementCase


class TestPrinting(SettlementCase):
    """SC-13: the statement as a Chinese form, on paper and as a workbook."""

    def setUp(self):
        super().setUp()
        self.load(self.row("A1", 1), self.row("A2", 1, "59.90", refund="9.90", product=self.rice))
        self.close(JANUARY)
        self.load(self.row("A1", 1, refund="30.00"), self.row("A3", 2, 采购单位名称="=1+1"))
        self.close(FEBRUARY)
        self.february = self.statement(FEBRUARY)

    def _html(self, statements):
        reports = self.env["ir.actions.report"].with_user(self.officer)
        html, kind = reports._render_qweb_html("rural_settlement.report_statement", statements.ids)
        self.assertEqual(kind, "html")
        return html2plaintext(html)

    def _sheet(self, statement):
        reports = self.env["ir.actions.report"].with_user(self.officer)
        content, kind = reports._render_xlsx("rural_settlement.statement_xlsx", statement.ids, {})
        self.assertEqual(kind, "xlsx")
        return openpyxl.load_workbook(io.BytesIO(content)).active

    def test_sc13_printed_form_names_center_month_lines_and_totals(self):
        text = self._html(self.february)
        for expected in (
            "区域服务中心服务费对账单", "利川市区域服务中心", "FW422802T", "2022-02",
            "A3-1", "苹果", "100.00", "5.00", "以前月份调整", "A1-1", "-1.50",
            "叁元伍角整", "异议截止", "服务中心（盖章）",
        ):  # fmt: skip
            self.assertIn(expected, text)

    def test_sc13_draft_is_printed_from_what_is_due(self):
        self.load(self.row("A4", 3, "80.00"))
        self.prepare()
        draft = self.statements().filtered(lambda statement: statement.state == "draft")
        text = self._html(draft)
        self.assertIn("A4-1", text)
        self.assertIn("草稿", text)

    def test_sc13_confirmed_form_does_not_change_with_the_orders(self):
        before = self._html(self.statement(JANUARY))
        self.load(self.row("A2", 1, "59.90", refund="59.90", product=self.rice))
        self.assertEqual(self._html(self.statement(JANUARY)), before)

    def test_sc13_several_statements_are_one_document(self):
        text = self._html(self.statements(JANUARY, FEBRUARY))
        self.assertEqual(text.count("区域服务中心服务费对账单"), 2)

    def test_sc13_workbook_has_the_same_figures(self):
        cells = [[cell.value for cell in row] for row in self._sheet(self.february).iter_rows()]
        self.assertEqual(cells[0][0], "区域服务中心服务费对账单")
        self.assertIn(["A1-1", "苹果", "总工会", "2022-01", 0, 30, 0.05, -1.5], cells)
        total = next(row for row in cells if row[0] == "服务费合计")
        self.assertEqual(total[7], 3.5)

    def test_sc13_text_in_the_workbook_is_never_a_formula(self):
        purchaser = self.line("A3").purchaser_id
        purchaser.name = "=HYPERLINK(1)"
        cells = [cell for row in self._sheet(self.february).iter_rows() for cell in row]
        named = [cell for cell in cells if cell.value == "=HYPERLINK(1)"]
        self.assertTrue(named)
        self.assertEqual({cell.data_type for cell in named}, {"s"})


@tagged("post_install", "-at_install")
class TestPdf(HttpCase, SettlementCase):
    def test_sc13_pdf_is_rendered_in_chinese(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        from pypdf import PdfReader

        self.load(self.row("A1", 1))
        statement = self.close(JANUARY)
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("rural_settlement.report_statement", statement.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 1)
        # The font draws some characters by their radicals.
        text = unicodedata.normalize("NFKC", pages[0].extract_text())
        self.assertIn("利川市区域服务中心", text)
        self.assertIn("伍元整", text)
