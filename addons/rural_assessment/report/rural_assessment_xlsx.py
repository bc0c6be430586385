from odoo import models

INDICATOR_HEADINGS = ("指标", "权重", "年度目标", "实际完成", "完成率")
REWARD_HEADINGS = ("供应商", "商品", "完成年度", "订单行数", "计奖金额", "年终激励费率", "系数", "奖励金额")
WIDTHS = (28, 28, 16, 16, 16, 14, 10, 14)


class RuralAssessmentXlsx(models.AbstractModel):
    """The results of centers as a workbook, a sheet for each (SC-18)."""

    _name = "report.rural_assessment.assessment_xlsx"
    _inherit = "rural.workbook"
    _description = "Assessment Result as XLSX"

    def generate_xlsx_report(self, workbook, data, lines):
        """Write a sheet for each center."""
        formats = self._formats(workbook)
        for line in lines:
            sheet = self._add_sheet(workbook, line.name, WIDTHS)
            row = self._write_head(sheet, formats, "区域服务中心年度考核结果", self._particulars(line))
            row = self._write_indicators(sheet, row, line, formats)
            for group in line._printed_groups():
                row = self._write_group(sheet, row, group, formats)
            self._write_total(sheet, row, line, formats)

    def _particulars(self, line):
        return (
            ("考核编号", line.name),
            ("服务中心", line.center_id.name),
            ("服务码", line.center_id.service_code or ""),
            ("考核年度", f"{line.year}"),
            ("状态", line._printed_state()),
        )

    def _write_indicators(self, sheet, row, line, formats):
        row = self._write_headings(sheet, formats, row, INDICATOR_HEADINGS)
        for cells in line._printed_indicators():
            sheet.write_string(row, 0, cells["label"])
            for column, name in enumerate(("weight", "target", "actual", "completion"), start=1):
                sheet.write_string(row, column, cells[name], formats["right"])
            row += 1
        for label, value in (
            ("综合完成率", line._percent(line.overall)),
            ("奖励系数", f"{line.coefficient:g}"),
            ("全部指标达标", line._printed_priority()),
        ):
            sheet.write_string(row, 0, label, formats["bold"])
            sheet.write_string(row, 4, value, formats["right"])
            row += 1
        return row + 1

    def _write_group(self, sheet, row, group, formats):
        sheet.write_string(row, 0, group["label"], formats["bold"])
        row = self._write_headings(sheet, formats, row + 1, REWARD_HEADINGS)
        for cells in group["rows"]:
            sheet.write_string(row, 0, cells["supplier"])
            sheet.write_string(row, 1, cells["product"])
            for column, name, style in (
                (2, "year", None),
                (3, "count", None),
                (4, "base", formats["money"]),
                (5, "rate", formats["rate"]),
                (6, "coefficient", None),
                (7, "reward", formats["money"]),
            ):
                sheet.write_number(row, column, cells[name], style)
            row += 1
        sheet.write_string(row, 0, "小计", formats["bold"])
        for column, name in ((4, "base"), (7, "reward")):
            sheet.write_number(row, column, group[name], formats["total"])
        return row + 2

    def _write_total(self, sheet, row, line, formats):
        sheet.write_string(row, 0, "奖励合计", formats["bold"])
        sheet.write_number(row, 7, line.reward, formats["total"])
        sheet.write_string(row + 1, 0, "人民币大写", formats["bold"])
        sheet.write_string(row + 1, 1, line._printed_capital_reward())
