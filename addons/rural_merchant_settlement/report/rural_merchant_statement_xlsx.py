from odoo import models

HEADINGS = ("项目", "交易月份", "笔数", "费率", "消费金额", "返佣", "银行卡手续费", "POS 机服务费", "应付净额", "备注")
WIDTHS = (18, 12, 10, 10, 14, 12, 14, 14, 14, 16)
AMOUNTS = ("sales", "rebate", "bank_fee", "terminal_fee", "net_amount")


class RuralMerchantStatementXlsx(models.AbstractModel):
    """The statement as a workbook, a sheet for each (MA-09)."""

    _name = "report.rural_merchant_settlement.statement_xlsx"
    _inherit = "rural.workbook"
    _description = "Merchant Statement as XLSX"

    def generate_xlsx_report(self, workbook, data, statements):
        """Write a sheet for each statement."""
        formats = self._formats(workbook)
        for statement in statements:
            sheet = self._add_sheet(workbook, statement.name, WIDTHS)
            row = self._write_head(sheet, formats, "联盟商家结算单", self._particulars(statement))
            self._write_rows(sheet, row, statement, formats)

    def _particulars(self, statement):
        return (
            ("结算单号", statement.name),
            ("商家", statement.merchant_id.name),
            ("商户编号", statement.merchant_id.code or ""),
            ("结算月份", f"{statement.month:%Y-%m}"),
            ("状态", statement._printed_state()),
        )

    def _write_rows(self, sheet, row, statement, formats):
        first, rows = self._write_headings(sheet, formats, row, HEADINGS), statement._printed_rows()
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
