from odoo import models

HEADINGS = ("姓名", "条款", "项目", "所属期间", "金额", "更正", "说明")
WIDTHS = (14, 10, 30, 12, 14, 8, 110)
KINDS = {"month": "月度奖惩表", "quarter": "季度奖金表", "year": "管理人员年终奖表"}


class RuralBonusRunXlsx(models.AbstractModel):
    """A bonus run as a workbook: totals by person, then every line with its explanation."""

    _name = "report.rural_recruiter_bonus.run_xlsx"
    _inherit = "rural.workbook"
    _description = "Bonus Run as XLSX"

    def generate_xlsx_report(self, workbook, data, runs):
        """Write two sheets for each run."""
        formats = self._formats(workbook)
        for run in runs.with_context(lang="zh_CN"):
            self._write_persons(workbook.add_worksheet(f"{run.name} 汇总"), run, formats)
            self._write_lines(self._add_sheet(workbook, f"{run.name} 明细", WIDTHS), run, formats)

    def _write_persons(self, sheet, run, formats):
        clauses = sorted(set(run.line_ids.mapped("clause")))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, len(clauses) + 1, 14)
        sheet.write_string(0, 0, f"{KINDS[run.kind]} {run.name}", formats["title"])
        row = self._write_headings(sheet, formats, 2, ("姓名", *clauses, "合计"))
        for employee, lines in run.line_ids.grouped("employee_id").items():
            sheet.write_string(row, 0, employee.name)
            for column, clause in enumerate(clauses, start=1):
                amount = sum(lines.filtered(lambda line, clause=clause: line.clause == clause).mapped("amount"))
                sheet.write_number(row, column, round(amount, 2), formats["money"])
            sheet.write_number(row, len(clauses) + 1, round(sum(lines.mapped("amount")), 2), formats["money"])
            row += 1
        sheet.write_string(row, 0, "合计", formats["bold"])
        for column, clause in enumerate(clauses, start=1):
            lines = run.line_ids.filtered(lambda line, clause=clause: line.clause == clause)
            sheet.write_number(row, column, round(sum(lines.mapped("amount")), 2), formats["total"])
        sheet.write_number(row, len(clauses) + 1, run.total, formats["total"])

    def _write_lines(self, sheet, run, formats):
        first = self._write_headings(sheet, formats, 0, HEADINGS)
        labels = dict(run.line_ids._fields["clause"]._description_selection(run.env))
        for row, line in enumerate(run.line_ids.sorted(lambda line: (line.employee_id.name, line.clause)), first):
            cells = (line.employee_id.name, line.clause, labels[line.clause], line.period_label)
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
            sheet.write_number(row, 4, line.amount, formats["money"])
            sheet.write_string(row, 5, "是" if line.is_correction else "")
            sheet.write_string(row, 6, line.explanation.replace("\n", "；"))
