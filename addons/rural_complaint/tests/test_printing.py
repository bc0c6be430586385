import io
import unicodedata

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from .common import ComplaintCase


class TestPrinting(ComplaintCase):
    """MA-40: every form as a Chinese document."""

    def html(self, report, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.officer)
        return html2plaintext(reports._render_qweb_html(f"rural_complaint.report_{report}", records.ids)[0])

    def test_ma40_the_record_is_printed(self):
        text = self.html("record", self.complaint(complainant_phone="0558-2260101"))
        for expected in ("商户投诉记录", "阜阳惠民超市", "0558-2260101", "实收 18 箱", "2023年06月13日 23:59"):
            self.assertIn(expected, text)

    def test_ma40_each_form_is_printed(self):
        ticket = self.filed(self.revisited(self.to_revisit()))
        for report, forms, expected in (
            ("investigation", ticket.investigation_ids, ("商户投诉调查表", "属实，投诉成立", "方磊", "罗志强")),
            ("slip", ticket.slip_ids, ("客户投诉传递单", ticket.slip_ids.number, "补送两箱并道歉", "2023年06月14日")),
            ("opinion", ticket.opinion_ids, ("商户意见表", "同意，按方案执行", "装车时漏点")),
            ("execution", ticket.execution_ids, ("方案执行报告", "已补送两箱")),
            ("revisit", ticket.revisit_ids, ("客户满意度调查表", "■满意", "□不满意", "第 1 次")),
            ("filing", ticket.filing_ids, ("投诉归档表", "已返回责任部门")),
        ):
            text = self.html(report, forms)
            for words in (*expected, ticket.number):
                with self.subTest(report=report):
                    self.assertIn(words, text)

    def test_ma40_the_whole_file_holds_both_rounds(self):
        ticket = self.revisited(self.to_revisit(), "dissatisfied")
        self.carried_out(self.viewed(self.answered(self.investigated(ticket=ticket))))
        text = self.html("file", self.filed(self.revisited(ticket)))
        for words, count in (("商户投诉记录", 1), ("商户投诉调查表", 2), ("客户满意度调查表", 2), ("■不满意", 1)):
            self.assertEqual(text.count(words), count, words)
        self.assertIn("第 2 轮", text)

    def test_ma40_the_head_prints_the_own_part_only(self):
        ticket = self.answered(self.investigated())
        text = self.html("file", ticket, self.head_user)
        self.assertIn("客户投诉传递单", text)
        self.assertNotIn("商户投诉调查表", text)


@tagged("post_install", "-at_install")
class TestPdf(HttpCase, ComplaintCase):
    def test_ma40_pdf_is_rendered_in_chinese(self):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        if reports.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        from pypdf import PdfReader

        ticket = self.answered(self.investigated())
        content, kind = reports._render_qweb_pdf("rural_complaint.report_slip", ticket.slip_ids.ids)
        self.assertEqual(kind, "pdf")
        # The font draws some characters by their radicals.
        text = unicodedata.normalize("NFKC", PdfReader(io.BytesIO(content)).pages[0].extract_text())
        self.assertIn("补送两箱并道歉", text)
        self.assertIn(ticket.number, text)
