import io

from python_calamine import CalamineWorkbook

from odoo.tests import BaseCase, tagged

from odoo.addons.rural_bulk.workbook import write_workbook


@tagged("post_install", "-at_install")
class TestWorkbook(BaseCase):
    def test_text_never_turns_into_a_formula(self):
        cells = ["=1+1", "+86", "@x", "http://example.com", "普通"]
        content = write_workbook(["a"] * 5, [cells])
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        self.assertEqual(rows[1], cells)
