from odoo import models

HEADINGS = ("订单编号-行号", "商品", "采购单位", "完成月份", "成交金额", "退款金额", "服务费率", "服务费")
WIDTHS = (22, 24, 28, 12, 14, 14, 12, 14)


class RuralStatementXlsx(models.AbstractModel):
    """The statement as a workbook, a sheet for each (SC-13)."""

    _name = "report.rural_settlement.statement_xlsx"
    _inherit = "rural.workbook"
    _description = "Statement as XLSX"

    def generate_xlsx_report(self, workbook, data, statements):
        """Write a sheet for each statement."""
        formats = self._formats(workbook)
        for statement in statements:
            sheet = self._add_sheet(workbook, statement.name, WIDTHS)
            row = self._write_head(sheet, formats, "区域服务中心服务费对账单", self._particulars(statement))
            for group in statement._printed_groups():
                row = self._write_group(sheet, row, group, formats)
            self._write_total(sheet, row, statement, formats)

    def _particulars(self, statement):
        return (
            ("对账单号", statement.name),
            ("服务中心", statement.center_id.name),
            ("服务码", statement.service_code or ""),
            ("结算月份", f"{statement.month:%Y-%m}"),
            ("状态", statement._printed_state()),
        )

    def _write_group(self, sheet, row, group, formats):
        sheet.write_string(row, 0, group["label"], formats["bold"])
        row = self._write_headings(sheet, formats, row + 1, HEADINGS)
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
