from odoo import models

HEADINGS = ("项目", "交易月份", "笔数", "费率", "消费金额", "返佣", "银行卡手续费", "终端服务费", "应付净额", "备注")
WIDTHS = (18, 12, 10, 10, 14, 12, 14, 14, 14, 16)
AMOUNTS = ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount")


class RuralMerchantStatementXlsx(models.AbstractModel):
    """The statement as a workbook, a sheet for each (MA-09). All text is written as text, never as a formula."""

    _name = "report.rural_merchant.statement_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Merchant Statement as XLSX"

    def get_workbook_options(self):
        """Keep text what it is."""
        return {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

    def generate_xlsx_report(self, workbook, data, statements):
        """Write a sheet for each statement."""
        formats = self._formats(workbook)
        for statement in statements:
            sheet = workbook.add_worksheet(statement.name[:31])
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            self._write_header(sheet, statement, formats)
            self._write_rows(sheet, statement, formats)

    def _formats(self, workbook):
        return {
            "title": workbook.add_format({"bold": True, "font_size": 16}),
            "bold": workbook.add_format({"bold": True}),
            "heading": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE"}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "total": workbook.add_format({"bold": True, "num_format": "#,##0.00", "top": 1}),
            "rate": workbook.add_format({"num_format": "0.00##%"}),
        }

    def _write_header(self, sheet, statement, formats):
        sheet.write_string(0, 0, "联盟商家结算单", formats["title"])
        for row, (label, value) in enumerate(
            (
                ("结算单号", statement.name),
                ("商户", statement.merchant_id.name),
                ("商户编号", statement.merchant_id.code or ""),
                ("结算月份", f"{statement.month:%Y-%m}"),
                ("状态", statement._printed_state()),
            ),
            start=1,
        ):
            sheet.write_string(row, 0, label, formats["bold"])
            sheet.write_string(row, 1, value)

    def _write_rows(self, sheet, statement, formats):
        first, rows = 8, statement._printed_rows()
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(first - 1, column, heading, formats["heading"])
        for row, cells in enumerate(rows, start=first):
            sheet.write_string(row, 0, cells["label"])
            sheet.write_string(row, 1, cells["month"])
            sheet.write_number(row, 2, cells["count"])
            if cells["rate"] is not None:
                sheet.write_number(row, 3, cells["rate"], formats["rate"])
            for column, name in enumerate(AMOUNTS, start=4):
                sheet.write_number(row, column, cells[name], formats["money"])
            sheet.write_string(row, 9, cells["remark"])
        last = first + len(rows)
        sheet.write_string(last, 0, "合计", formats["bold"])
        for column, name in enumerate(AMOUNTS, start=4):
            sheet.write_number(last, column, statement[name], formats["total"])
        sheet.write_string(last + 1, 0, "人民币大写", formats["bold"])
        sheet.write_string(last + 1, 1, statement._printed_capital_amount())
