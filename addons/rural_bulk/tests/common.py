import io

import xlsxwriter

from odoo.addons.rural_base.tests.common import CompanyCase


def workbook_bytes(rows, formula=None):
    """A workbook of one sheet, with a formula below its rows that gives FW3."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if formula:
            sheet.write_formula(len(rows), 0, formula, None, "FW3")
    return stream.getvalue()


class LoadCase(CompanyCase):
    """A company of its own, whose people load files; the base of the tests of what is loaded."""

    def load_as(self, user, profile, content, name=None):
        """The load of a file's text or bytes by somebody."""
        content = content.encode("utf-8-sig") if isinstance(content, str) else content
        return self.as_user(self.env["rural.load.run"], user)._load(profile, name or f"{profile}.csv", content)

    def counts(self, run):
        """How many rows had each outcome, as far as any had."""
        names = ("new", "updated", "unchanged", "duplicate", "rejected", "warning")
        return {name: run[f"{name}_count"] for name in names if run[f"{name}_count"]}
