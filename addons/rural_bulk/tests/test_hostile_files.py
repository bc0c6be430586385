import csv
import io
import subprocess
import sys
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.rural_bulk.columns import Text
from odoo.addons.rural_bulk.readers import MOST_COLUMNS, MOST_LINE_BYTES, FileError, Headings, open_rows
from odoo.addons.rural_bulk.workbook import write_csv
from odoo.addons.rural_bulk.workbook_reader import PROGRAM

from .common import workbook_bytes

HEADINGS = ["服务码", "中心名称"]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_part(content, name, part):
    """A workbook with other bytes in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, part if entry.filename == name else old.read(entry))
    return stream.getvalue()


def with_said_size(content, name, size):
    """A workbook that says of a part that it unpacks to so many bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true_size = archive.getinfo(name).file_size
    begin = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    field = slice(begin + 24, begin + 28)
    if int.from_bytes(content[field], "little") != true_size:
        raise AssertionError("the directory of the archive is not where it was looked for")
    return content[: field.start] + size.to_bytes(4, "little") + content[field.stop :]


@tagged("post_install", "-at_install")
class TestHostileFiles(TransactionCase):
    """A file that somebody has made to harm, or that a program has spoiled, is refused in a sentence."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "file"
        self.workbook = workbook_bytes([HEADINGS, ["FW1", "恩施中心"]])

    def read(self, content, name):
        """All rows of a file."""
        self.path.write_bytes(content)
        with open_rows(self.path, name, Headings(tuple((heading,) for heading in HEADINGS))) as file:
            return [list(row) for batch in file.batches for row in batch.rows]

    def assert_refused(self, content, name, words):
        with self.assertRaises(FileError) as caught:
            self.read(content, name)
        self.assertIn(words, self.env._(caught.exception.args[0]))

    # Workbooks --------------------------------------------------------

    def test_cells_at_both_ends_of_a_sheet_take_no_memory(self):
        # The one in between is small: what a process is measured by begins with the memory of who started it. And it
        # takes back Odoo's own limit, so that only that of the program counts.
        command = [sys.executable, "-P", str(PROGRAM), str(self.path)]
        between = (
            "import resource, subprocess, sys; _soft, hard = resource.getrlimit(resource.RLIMIT_AS);"
            "resource.setrlimit(resource.RLIMIT_AS, (hard, hard));"
            "subprocess.run(sys.argv[1:], stdin=-3, stdout=-3, stderr=-3);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        # 550 GB, which no machine has, and 6 GB, which this one may have.
        for last in (1048576, 12000):
            cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{last}"><c r="XFD{last}"><v>1</v></c></row>'
            content = with_part(self.workbook, SHEET, f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>")
            self.assert_refused(content, "a.xlsx", "too much memory")
            ended = subprocess.run(
                [sys.executable, "-c", between, *command], capture_output=True, text=True, check=True
            )
            self.assertLess(int(ended.stdout), 200 << 10, "KiB")

    def test_archive_that_unpacks_to_gigabytes(self):
        self.assert_refused(with_said_size(self.workbook, SHEET, 3 << 30), "a.xlsx", "too much memory")

    def test_archive_that_unpacks_to_more_than_it_says(self):
        blown = with_part(self.workbook, SHEET, bytes(64 << 20))
        self.assertLess(len(blown), 1 << 20)
        self.assert_refused(with_said_size(blown, SHEET, 1000), "a.xlsx", "broken")

    def test_words_that_stand_for_more_words_are_not_written_out(self):
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        text = (
            f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]><worksheet {MAIN}><sheetData>'
            '<row r="1" hidden="1"><c r="A1" t="e"><v>&l11;</v></c></row></sheetData></worksheet>'
        )
        self.assert_refused(with_part(self.workbook, SHEET, text), "a.xlsx", "broken")

    def test_other_archives_named_as_a_workbook(self):
        for part in ("word/document.xml", "content.xml"):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                archive.writestr(part, "<x/>")
            self.assert_refused(stream.getvalue(), "a.xlsx", "no workbook")

    def test_workbook_of_another_make_named_so(self):
        self.assert_refused(with_part(self.workbook, "xl/workbook.xml", b"\0\1\2"), "a.xlsx", "broken")

    # Text -------------------------------------------------------------

    def test_one_huge_line_takes_no_memory(self):
        too_long = f"more than {MOST_LINE_BYTES} characters"
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        for content, words in (
            (b"x" * (16 << 20), too_long),
            (b"a,b\n1,2\n" + b"x," * (8 << 20), too_long),
            (b'a,b\n1,"' + b"x" * (16 << 20) + b'"\n', too_long),
            (b'a,b\n1,"' + (b"x" * 1000 + b"\n") * (16 << 10), "not a proper CSV"),
        ):
            tracemalloc.reset_peak()
            before, _peak = tracemalloc.get_traced_memory()
            self.assert_refused(content, "a.csv", words)
            self.assertLess(tracemalloc.get_traced_memory()[1] - before, 16 << 20)

    def test_a_table_has_no_more_columns_than_a_spreadsheet(self):
        heads = ["服务码", "中心名称", *("x" for _column in range(MOST_COLUMNS - 1))]
        self.assert_refused(",".join(heads).encode(), "a.csv", "16385 columns")

    def test_pages_and_pictures_named_as_a_table(self):
        for content, words in (
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0", "not text"),
            (b"\x89PNG\r\n\x1a\n\0\0", "not text"),
            (b"\xff\xd8\xff\xe0 JFIF", "neither UTF-8 nor GB18030"),
        ):
            self.assert_refused(content, "a.csv", words)
        self.assert_refused(b"<html><table><tr><td>1</td></tr></table></html>", "a.xlsx", "something else")

    # What goes out ----------------------------------------------------

    def test_text_of_a_csv_is_no_formula_and_comes_back_as_it_was(self):
        cells = ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "'quoted", "茶", "-5.00", "+8"]
        text = write_csv(["甲"] * len(cells), [cells]).decode()
        written = next(csv.reader(io.StringIO(text.split("\n", 1)[1])))
        for cell in written:
            self.assertFalse(
                cell.startswith(("=", "@")) or (cell[:1] in "+-" and not cell[1:].replace(".", "").isdigit())
            )
        self.assertEqual([Text().read(cell) for cell in written], cells)
