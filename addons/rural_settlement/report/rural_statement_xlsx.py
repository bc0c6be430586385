from odoo import models

HEADINGS = ("订单编号-行号", "商品", "采购单位", "完成月份", "成交金额", "退款金额", "服务费率", "服务费")
WIDTHS = (22, 24, 28, 12, 14, 14, 12, 14)


class RuralStatementXlsx(models.AbstractModel):
    """The statement as a workbook, a sheet for each (SC-13). All text is written as text, never as a formula."""

    _name = "report.rural_settlement.statement_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Statement as XLSX"

    def get_workbook_options(self):
        """Keep text what it is."""
        return {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

    def generate_xlsx_report(self, workbook, data, statements):
        """Write a sheet for each statement."""
        formats = self._formats(workbook)
        for statement in statements:
            sheet = workbook.add_worksheet(statement.name.replace("/", " "))
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            row = self._write_header(sheet, statement, formats)
            for group in statement._printed_groups():
                row = self._write_group(sheet, row, group, formats)
            self._write_total(sheet, row, statement, formats)

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
        sheet.write_string(0, 0, "区域服务中心服务费对账单", formats["title"])
        for row, (label, value) in enumerate(
            (
                ("对账单号", statement.name),
                ("服务中心", statement.center_id.name),
                ("服务码", statement.service_code or ""),
                ("结算月份", f"{statement.month:%Y-%m}"),
                ("状态", statement._printed_state()),
            ),
            start=1,
        ):
            sheet.write_string(row, 0, label, formats["bold"])
            sheet.write_string(row, 1, value)
        return 7

    def _write_group(self, sheet, row, group, formats):
        sheet.write_string(row, 0, group["label"], formats["bold"])
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(row + 1, column, heading, formats["heading"])
        row += 2
        for cells in group["rows"]:
            for column, name in enumerate(("order", "product", "purchaser", "month")):
                sheet.write_string(row, column, cells[name] or "")
            sheet.write_number(row, 4, cells["amount"], formats["money"])
            sheet.write_number(row, 5, cells["refund"], formats["money"])
            sheet.write_number(row, 6, cells["rate"], formats["rate"])
            sheet.write_number(row, 7, cells["fee"], formats["money"])
            row += 1
        sheet.write_string(row, 0, "小计", formats["bold"])
        for column, name in ((4, "amount"), (5, "refund"), (7, "fee")):
            sheet.write_number(row, column, group[name], formats["total"])
        return row + 2

    def _write_total(self, sheet, row, statement, formats):
        sheet.write_string(row, 0, "服务费合计", formats["bold"])
        sheet.write_number(row, 7, statement.fee, formats["total"])
        sheet.write_string(row + 1, 0, "人民币大写", formats["bold"])
        sheet.write_string(row + 1, 1, statement._printed_capital_fee())
