import io
import unicodedata

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from .common import AssessmentCase


class TestPrinting(AssessmentCase):
    """SC-18: the result of a center as a Chinese form, on paper and as a workbook."""

    def setUp(self):
        super().setUp()
        self._load_year()
        self.agreement.target_market_revenue = 1410.26
        self.assessment = self.assess()
        self.enter_satisfaction(self.assessment.line_ids)
        self.line_ = self.result(self.assessment)

    def _html(self, lines):
        reports = self.env["ir.actions.report"].with_user(self.officer)
        html, kind = reports._render_qweb_html("rural_assessment.report_assessment", lines.ids)
        self.assertEqual(kind, "html")
        return html2plaintext(html)

    def test_sc18_printed_form_names_targets_results_and_rewards(self):
        text = self._html(self.line_)
        for expected in (
            "区域服务中心年度考核结果", "利川市区域服务中心", "FW422802T", self.agreement.number,
            "1,410.26", "1,410.25", "99.99%", "40%", "0.5", "苹果", "2%", "10.10", "3.00", "13.10",
            "壹拾叁元壹角整", "电话回访", "服务中心（盖章）",
        ):  # fmt: skip
            self.assertIn(expected, text)

    def test_sc18_unknown_satisfaction_is_printed_as_such(self):
        self.line_.with_user(self.operations).satisfaction_by_hand = False
        self.assertIn("未测评", self._html(self.line_))

    def test_sc18_workbook_has_the_same_figures(self):
        reports = self.env["ir.actions.report"].with_user(self.officer)
        content, kind = reports._render_xlsx("rural_assessment.assessment_xlsx", self.line_.ids, {})
        self.assertEqual(kind, "xlsx")
        cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]
        supplier = self.apples.supplier_id.name
        product = self.apples.display_name
        self.assertIn([supplier, product, 2022, 2, 1010, 0.02, 0.5, 10.1], cells)
        total = next(row for row in cells if row[0] == "奖励合计")
        self.assertEqual(total[7], 13.1)

    def test_sc18_all_results_are_printed_at_once(self):
        self._agree(self.tongcheng)
        self.assess()
        action = self.assessment.with_user(self.officer).action_print()
        self.assertEqual(action["report_name"], "rural_assessment.report_assessment")
        self.assertEqual(self._html(self.assessment.line_ids).count("区域服务中心年度考核结果"), 2)


class TestPenaltyDecision(AssessmentCase):
    """SC-17: the decision on paper."""

    def setUp(self):
        super().setUp()
        self.pay_deposit(20_000)

    def _html(self, case):
        case.with_user(self.officer).action_print_decision()
        reports = self.env["ir.actions.report"].with_user(self.officer)
        return html2plaintext(reports._render_qweb_html("rural_penalty.report_penalty_decision", case.ids)[0])

    def test_sc17_decision_names_facts_measure_and_until_when_one_can_appeal(self):
        case = self.decided()
        text = self._html(case)
        for expected in (
            "违规处理决定书", case.name, self.lichuan.name, "FW422802T", case.description, case.hearing,
            case.decision_reason, case._printed_measure(), "前申诉一次", case._china_time(case.appeal_deadline),
        ):  # fmt: skip
            self.assertIn(expected, text)
        self.assertNotIn("复议结果", text)

    def test_sc17_the_answer_to_an_appeal_stands_in_it(self):
        case = self.decided()
        case.with_user(self.operations)._appeal("页面上线不足一小时即撤下")
        case.with_user(self.deputy)._decide_appeal("upheld", "事实清楚，维持原决定")
        text = self._html(case)
        for expected in ("页面上线不足一小时即撤下", "复议结果", "事实清楚，维持原决定", "起生效", self.deputy.name):
            self.assertIn(expected, text)

    def test_sc17_nothing_is_printed_before_it_is_decided(self):
        case = self.hear(self.record())
        with self.assertRaisesRegex(UserError, "not been decided"):
            case.with_user(self.officer).action_print_decision()


@tagged("post_install", "-at_install")
class TestPdf(HttpCase, AssessmentCase):
    def test_sc18_pdf_is_rendered_in_chinese(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not installed")
        from pypdf import PdfReader

        self._load_year()
        assessment = self.assess()
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("rural_assessment.report_assessment", assessment.line_ids.ids)
        self.assertEqual(kind, "pdf")
        # The font draws some characters by their radicals.
        text = unicodedata.normalize("NFKC", PdfReader(io.BytesIO(content)).pages[0].extract_text())
        self.assertIn("利川市区域服务中心", text)
        self.assertIn("2,910.25", text)
