from odoo import models


class RuralWorkbook(models.AbstractModel):
    """A document as a workbook. All text is written as text, never as a formula."""

    _name = "rural.workbook"
    _inherit = "report.report_xlsx.abstract"
    _description = "Document as a Workbook"

    def get_workbook_options(self):
        """Keep text what it is."""
        return {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

    def _formats(self, workbook) -> dict:
        """Return the formats of cells by name."""
        return {
            "title": workbook.add_format({"bold": True, "font_size": 16}),
            "bold": workbook.add_format({"bold": True}),
            "heading": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE"}),
            "right": workbook.add_format({"align": "right"}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "total": workbook.add_format({"bold": True, "num_format": "#,##0.00", "top": 1}),
            "rate": workbook.add_format({"num_format": "0.00##%"}),
        }

    def _add_sheet(self, workbook, name: str, widths):
        """Return a new sheet with columns of these widths; its name is made one that a workbook takes."""
        sheet = workbook.add_worksheet(name.replace("/", " ")[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _write_head(self, sheet, formats, title: str, particulars) -> int:
        """Write a title and pairs of label and value below it; return the row where the body begins."""
        sheet.write_string(0, 0, title, formats["title"])
        row = 0
        for row, (label, value) in enumerate(particulars, start=1):
            sheet.write_string(row, 0, label, formats["bold"])
            sheet.write_string(row, 1, value)
        return row + 2

    def _write_headings(self, sheet, formats, row: int, headings) -> int:
        """Write the headings of a table; return the row below."""
        for column, heading in enumerate(headings):
            sheet.write_string(row, column, heading, formats["heading"])
        return row + 1
