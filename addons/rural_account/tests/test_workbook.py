import io

import xlsxwriter
from openpyxl import load_workbook

from odoo.tests import TransactionCase


class TestWorkbook(TransactionCase):
    """Documents as workbooks."""

    def test_text_stays_text_and_the_body_begins_below_the_particulars(self):
        report, stream = self.env["rural.workbook"], io.BytesIO()
        with xlsxwriter.Workbook(stream, report.get_workbook_options()) as workbook:
            formats = report._formats(workbook)
            sheet = report._add_sheet(
                workbook, "2024-03/FW433123A 一个很长的名称用来超过三十一个字符的限制再长一些", (10, 20)
            )
            row = report._write_head(sheet, formats, "对账单", (("中心", "=1+1"), ("状态", "0012")))
            row = report._write_headings(sheet, formats, row, ("订单", "金额"))
        self.assertEqual(row, 5)
        [read] = load_workbook(stream).worksheets
        self.assertEqual(len(read.title), 31)
        self.assertEqual([cell.value for cell in read["B"]], [None, "=1+1", "0012", None, "金额"])
        self.assertEqual([read["B2"].data_type, read["B3"].data_type], ["s", "s"])
