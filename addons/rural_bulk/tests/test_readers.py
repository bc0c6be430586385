import csv
import io
import tempfile
import zipfile
from pathlib import Path

from openpyxl import Workbook

from odoo.tests import TransactionCase, tagged

from odoo.addons.rural_bulk.columns import CellError, Text
from odoo.addons.rural_bulk.readers import Batch, FileError, Headings, open_rows

from .common import workbook_bytes

HEADINGS = ["服务码", "中心名称"]
ROWS = [["FW1", "恩施中心"], ["FW2", "利川中心"]]


def csv_bytes(encoding):
    return "\r\n".join(",".join(row) for row in [HEADINGS, *ROWS]).encode(encoding)


@tagged("post_install", "-at_install")
class TestReaders(TransactionCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "file"

    def read(self, content, name="centers.csv"):
        self.path.write_bytes(content)
        with open_rows(self.path, name, Headings(tuple((heading,) for heading in HEADINGS))) as file:
            rows = [list(row) for batch in file.batches for row in batch.rows]
            return file.headings, rows, file.has_formulas

    def assert_refused(self, content, name, words):
        with self.assertRaises(FileError) as caught:
            self.read(content, name)
        self.assertIn(words, self.env._(caught.exception.args[0]))

    def test_csv_in_each_encoding(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            self.assertEqual(self.read(csv_bytes(encoding)), (HEADINGS, ROWS, False), encoding)

    def test_workbook(self):
        content = workbook_bytes([HEADINGS, *ROWS])
        self.assertEqual(self.read(content, "centers.xlsx"), (HEADINGS, ROWS, False))

    def test_workbook_formula_gives_its_saved_result_and_is_told(self):
        content = workbook_bytes([HEADINGS, *ROWS], formula='="FW"&3')
        _headings, rows, has_formulas = self.read(content, "centers.xlsx")
        self.assertTrue(has_formulas)
        self.assertEqual(rows[-1][0], "FW3")

    def test_formula_whose_result_nobody_saved_is_at_fault(self):
        """A program that writes formulas and does not compute them: Excel shows a result, the file has none (SC-10)."""
        sheet = Workbook()
        for row in [HEADINGS, ["FW1", "=5*10"], ["=1", "恩施中心"]]:
            sheet.active.append(row)
        stream = io.BytesIO()
        sheet.save(stream)
        _headings, rows, has_formulas = self.read(stream.getvalue(), "centers.xlsx")
        self.assertTrue(has_formulas)
        for cell in (rows[0][1], rows[1][0]):
            with self.assertRaises(CellError) as caught:
                Text().read(cell)
            self.assertIn("without a result", caught.exception.args[0]._source)

    def test_merged_cells_are_at_fault_in_the_rows_that_hold_nothing(self):
        """Excel shows one value over several rows, the file has it in the first one alone (SC-10)."""
        sheet = Workbook()
        for row in [["中心名册", ""], HEADINGS, ["FW1", "恩施中心"], ["FW2", ""], ["FW3", ""], ["说明", ""]]:
            sheet.active.append(row)
        for merged in ("A1:B1", "B3:B4", "A6:B6"):
            sheet.active.merge_cells(merged)
        stream = io.BytesIO()
        sheet.save(stream)
        _headings, rows, _has_formulas = self.read(stream.getvalue(), "centers.xlsx")
        self.assertEqual([rows[0][1], rows[2][1], *rows[3]], ["恩施中心", "", "说明", ""])
        with self.assertRaises(CellError) as caught:
            Text().read(rows[1][1])
        self.assertIn("merged", caught.exception.args[0]._source)

    def test_a_workbook_with_more_merged_cells_than_rows_is_no_table(self):
        sheet = Workbook()
        for row in [HEADINGS, *ROWS]:
            sheet.active.append(row)
        for letter in "BCDEF":
            sheet.active.merged_cells.add(f"{letter}1:{letter}1048576")
        stream = io.BytesIO()
        sheet.save(stream)
        with self.assertRaises(FileError):
            self.read(stream.getvalue(), "centers.xlsx")

    def test_heading_in_two_lines(self):
        content = workbook_bytes([["服务码", "中心\n名称"], *ROWS])
        self.assertEqual(self.read(content, "centers.xlsx"), (HEADINGS, ROWS, False))

    def test_empty_file(self):
        self.assert_refused(b"", "a.csv", "empty")

    def test_encrypted_workbook(self):
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
        self.assert_refused(content, "a.xlsx", "password")

    def test_file_that_lies_about_its_type(self):
        self.assert_refused(csv_bytes("utf-8"), "a.xlsx", "something else")
        self.assert_refused(workbook_bytes([HEADINGS]), "a.csv", "something else")
        self.assert_refused(csv_bytes("utf-8"), "a.exe", "Only .csv and .xlsx")

    def test_broken_workbook(self):
        content = workbook_bytes([HEADINGS, *ROWS])
        self.assert_refused(content[: len(content) // 2], "a.xlsx", "broken")

    def test_archive_that_is_no_workbook(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("readme.txt", "hello")
        self.assert_refused(stream.getvalue(), "a.xlsx", "no workbook")

    def test_binary_named_csv(self):
        self.assert_refused(b"\x00\x01\x02" * 100, "a.csv", "not text")

    def test_utf_16(self):
        self.assert_refused(csv_bytes("utf-16"), "a.csv", "UTF-16")

    def test_neither_encoding(self):
        self.assert_refused(b"a,b\n\xff\xff,1\n", "a.csv", "neither UTF-8 nor GB18030")

    def test_quote_that_is_not_closed_or_stands_within_a_text(self):
        for row in (b'"1,2', b'"1"x,2'):
            self.assert_refused(b"a,b\n" + row + b"\n", "a.csv", "at line 2: a text in quotes is not closed")

    def test_sc15_last_line_without_an_end_is_told(self):
        for encoding in ("utf-8-sig", "gb18030"):
            for content, line in (
                (csv_bytes(encoding), "FW2,利川中心"),
                (csv_bytes(encoding) + b"\r\n", ""),
                (csv_bytes(encoding) + b"\n  ", ""),
                (csv_bytes(encoding).replace(b"\r\n", b"\r"), ""),
                (",".join(HEADINGS).encode(encoding), ""),
            ):
                self.path.write_bytes(content)
                with open_rows(self.path, "a.csv", Headings(tuple((heading,) for heading in HEADINGS))) as file:
                    self.assertEqual(file.unended_line, line, content)

    def test_rows_are_those_of_the_csv_module_whatever_ends_the_lines(self):
        for text in (
            "a,b\r\n1,2\r\n3,4",
            "a,b\r\n1,2\n3,4\r\n5,6\r\n",
            "a,b\n1,2\r\n3,4\n",
            "a,b\r1,2\r3,4\r",
            "a,b\n\n1,2\n,\n3\n4,5,6\n",
            'a,b\n"1\n1",2\n3,"4\r\n4"\n',
        ):
            rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
            self.assertEqual(self.read(text.encode())[1], rows, repr(text))

    def test_cells_by_column(self):
        self.assertEqual(Batch([["1", "2"], ["3", "4"]]).columns(2), [("1", "3"), ("2", "4")])
        for rows in ([["1"], ["2"]], [["1"], ["2", "3", "4"]], [["1", "2"], []]):
            self.assertRaises(IndexError, Batch(rows).columns, 2)
