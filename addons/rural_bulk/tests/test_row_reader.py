from odoo.tests import BaseCase, tagged

from odoo.addons.rural_bulk import row_reader
from odoo.addons.rural_bulk.columns import Code, Column, Number, Text
from odoo.addons.rural_bulk.readers import Batch
from odoo.addons.rural_bulk.row_reader import RowReader

COLUMNS = (
    Column("number", "单号", Code(), reason="key"),
    Column("purchaser_code", "采购单位编码", Code(), reason="purchaser"),
    Column("purchaser_name", "采购单位名称", Text(), required=False),
    Column("amount", "金额", Number(2), reason="number"),
)
HEADINGS = [column.heading for column in COLUMNS]
REPEATED = {"purchaser": ("purchaser_code", "purchaser_name")}


@tagged("post_install", "-at_install")
class TestRowReader(BaseCase):
    def setUp(self):
        super().setUp()
        self.reader = RowReader(COLUMNS, REPEATED, [0, 1, 2, 3], HEADINGS, lambda text: text._source)
        self.addCleanup(self.reader.close)

    def read(self, row_number, *rows):
        """The rows of a batch: row number, number, amount, and the first row with the same purchaser."""
        return list(zip(*self.reader.read(Batch([list(row) for row in rows], row_number)), strict=True))

    def lines(self, spool):
        """What a spool holds."""
        spool.seek(0)
        return [tuple(line.split("\t")) for line in spool.read().decode().splitlines()]

    def distinct(self):
        return self.lines(self.reader.distinct["purchaser"])

    def test_repeated_values_are_kept_once(self):
        rows = self.read(2, ("D1", "cg1", "一中", "1"), ("D2", "cg2", "", "2"), ("D3", "cg1", "一中", "3"))
        self.assertEqual(rows, [("2", "D1", "1", "2"), ("3", "D2", "2", "3"), ("4", "D3", "3", "2")])
        rows = self.read(5, ("D4", "cg2", "", "4"), ("D5", "cg1", "第一中学", "5"))
        self.assertEqual(rows, [("5", "D4", "4", "3"), ("6", "D5", "5", "6")])
        self.assertEqual(self.distinct(), [("2", "CG1", "一中"), ("3", "CG2", ""), ("6", "CG1", "第一中学")])
        self.assertFalse(self.reader.faults)

    def test_values_no_longer_remembered_are_kept_again(self):
        self.patch(row_reader, "MOST_REMEMBERED", 0)
        rows = self.read(2, ("D1", "CG1", "一中", "1")) + self.read(3, ("D2", "CG1", "一中", "2"))
        self.assertEqual([row[-1] for row in rows], ["2", "3"])
        self.assertEqual(self.distinct(), [("2", "CG1", "一中"), ("3", "CG1", "一中")])

    def test_beside_a_fault_each_row_is_the_first_of_its_values(self):
        rows = self.read(2, ("D1", "CG1", "一中", "1"), (), ("D2", "CG1", "一中", "两"), ("D3", "CG1", "一中", "3"))
        self.assertEqual(rows, [("2", "D1", "1", "2"), ("4", "D2", "", "4"), ("5", "D3", "3", "5")])
        self.assertEqual(self.distinct(), [(number, "CG1", "一中") for number in "245"])
        ((number, heading, reason, message),) = self.lines(self.reader.faults)
        self.assertEqual((number, heading, reason), ("4", "金额", "number"))
        self.assertIn("is not a number", message)

    def test_error_of_a_spreadsheet_beyond_the_headings_rejects_its_row_alone(self):
        rows = self.read(2, ("D1", "CG1", "一中", "1", "#N/A"), ("D2", "CG1", "一中", "2", " "))
        self.assertEqual([row[0] for row in rows], ["2", "3"])
        ((number, _heading, _reason, message),) = self.lines(self.reader.faults)
        self.assertEqual(number, "2")
        self.assertIn("cells, the heading", message)

    def test_fault_in_a_repeated_value_rejects_every_row(self):
        for row_number in (2, 3):
            self.read(row_number, (f"D{row_number}", "", "一中", "1"))
        self.assertEqual(
            [fault[:3] for fault in self.lines(self.reader.faults)],
            [
                ("2", "采购单位编码", "purchaser"),
                ("3", "采购单位编码", "purchaser"),
            ],
        )

    def test_numbers_of_a_workbook_are_kept_by_row(self):
        rows = self.read(2, ("D1", 7.0, "一中", 1.5), ("D2", 7.0, "一中", 2.0))
        self.assertEqual(rows, [("2", "D1", "1.5", "2"), ("3", "D2", "2", "3")])
        self.assertEqual(self.distinct(), [("2", "7", "一中"), ("3", "7", "一中")])
