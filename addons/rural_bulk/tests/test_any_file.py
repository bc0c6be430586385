"""Files made by chance; `RURAL_EXAMPLES=5000 scripts/test rural_bulk -k any_file` makes more of them."""

import csv
import io
import os
import tempfile
import zipfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.rural_bulk import readers
from odoo.addons.rural_bulk.columns import CellError, Choice, Code, Column, Day, Moment, Number, Text
from odoo.addons.rural_bulk.readers import FileError, Headings, open_rows
from odoo.addons.rural_bulk.row_reader import RowReader

from .common import workbook_bytes

EXAMPLES = int(os.environ.get("RURAL_EXAMPLES") or 40)
PATIENT = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="RURAL_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
#: A workbook is read by a process of its own, which takes its time.
FEW = settings(PATIENT, max_examples=max(EXAMPLES // 6, 5))

COLUMNS = (
    Column("code", "编码", Code(), reason="key"),
    Column("name", "名称", Text(), required=False),
    Column("kind", "类型", Choice({"省级": "province", "市县": "city_county"})),
    Column("amount", "金额", Number(2), reason="number"),
    Column("moment", "时间", Moment(), required=False),
    Column("day", "日期", Day(), required=False),
)
HEADINGS = [column.heading for column in COLUMNS]
REPEATED = {"thing": ("name", "kind")}
GOOD = ["A1", "甲", "省级", "1.00", "2022-03-11 10:00:00", "2022-03-11"]

#: What stands in cells of real files, and what splits, quotes, protects, hides and ends them.
CELLS = st.one_of(
    st.sampled_from(
        [
            *GOOD, "", " ", "a1", "Ａ１", "市县", "0", "-1.5", "1,000.00", "１", "￥5", "4.20123E+18", "#N/A",
            "Err:502", '="001"', "`001", "'=1", "1-2", "2-Jan", "1月2日", "0000-00-00", "2022/3/11", "3/4/2022",
            "合计", "共1笔", "\\N", "\\.", "\\", "a\tb", "a\nb", "a\rb", "a,b", 'a"b', "\ufeff", "\u200b", "\u202d",
            "\xa0", "\x1f", "\x1b", "\u2028", "\x85", "\ud7ff", "😀", "x" * 600,
        ]
    ),
    st.text(max_size=6),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)), max_size=12)
RAGGED = st.lists(st.lists(CELLS, max_size=len(HEADINGS) + 2), max_size=12)
NUMBERS = st.one_of(
    CELLS, st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**20), 10**20)
)


def text_of(rows, line_end, quoting):
    """Rows as a CSV."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=line_end, quoting=quoting).writerows(rows)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestAnyFile(BaseCase):
    """Nothing but the reader's own error comes of a file, and no row is read as another's (SC-15)."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "file"

    def raw_rows(self, content, name="a.csv"):
        """The headings and the cells of a file."""
        self.path.write_bytes(content)
        with open_rows(self.path, name, Headings(tuple((heading,) for heading in HEADINGS))) as file:
            return file.headings, [list(row) for batch in file.batches for row in batch.rows]

    def read(self, content, name="a.csv"):
        """What a load gets of a file: the values of each row by its number, and the numbers of the rows at fault."""
        self.path.write_bytes(content)
        with open_rows(self.path, name, Headings(tuple((heading,) for heading in HEADINGS))) as file:
            if not set(HEADINGS) <= set(file.headings):
                return {}, set()
            positions = [file.headings.index(heading) for heading in HEADINGS]
            reader = RowReader(COLUMNS, REPEATED, positions, file.headings, lambda text: text._source)
            rows = [row for batch in file.batches for row in zip(*reader.read(batch), strict=True)]
        things = {row[0]: row[1:] for row in self.lines(reader.distinct["thing"])}
        values = {}
        for number, code, amount, moment, day, first_row in rows:
            name, kind = things[first_row]
            cells = (code, name, kind, amount, moment, day)
            values[int(number)] = {column.name: cell for column, cell in zip(COLUMNS, cells, strict=True)}
        faulty = {int(row[0]) for row in self.lines(reader.faults)}
        self.assertEqual(len(values), len(rows))
        reader.close()
        return values, faulty

    def lines(self, spool):
        spool.seek(0)
        text = spool.read().decode()
        unescaped = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
        return (
            [
                [self.unescape(cell, unescaped) for cell in line.split("\t")]
                for line in text.removesuffix("\n").split("\n")
            ]
            if text
            else []
        )

    def unescape(self, cell, signs):
        pieces, place = [], 0
        while place < len(cell):
            pair = cell[place : place + 2]
            pieces.append(signs.get(pair, cell[place]))
            place += 2 if pair in signs else 1
        return "".join(pieces)

    def expected(self, cells):
        """The values that a row has by itself, or None when one of its cells is at fault."""
        try:
            return {column.name: column.read(cell) for column, cell in zip(COLUMNS, cells, strict=True)}
        except CellError:
            return None

    @PATIENT
    @given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
    @example(b"\xef\xbb\xbf", "a.csv")
    @example(b"\r", "a.csv")
    @example(b'"', "a.csv")
    def test_any_bytes(self, content, name):
        try:
            self.read(content, name)
        except FileError as error:
            self.assertTrue(error.args[0])

    @PATIENT
    @given(RAGGED, st.sampled_from(["utf-8", "gb18030"]), st.binary(max_size=4), st.integers(0, 1000))
    def test_any_damage_to_a_text(self, rows, encoding, damage, place):
        content = text_of([HEADINGS, *rows], "\r\n", csv.QUOTE_MINIMAL).encode(encoding, "replace")
        place %= len(content) + 1
        try:
            self.read(content[:place] + damage + content[place + len(damage) :])
        except FileError as error:
            self.assertTrue(error.args[0])

    @PATIENT
    @given(
        ROWS,
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        st.sampled_from([1, 7, 64, 1 << 16]),
        st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    )
    def test_rows_of_a_text_are_those_that_were_written(self, rows, line_end, quoting, batch_bytes, encoding):
        if encoding == "gb18030":  # what is valid in both is read as UTF-8
            rows = [["编码乙", *row[1:]] for row in rows]
        # A mark of order is none at the start only; a carriage return that is not quoted ends a row.
        rows = [[cell.translate(dict.fromkeys(map(ord, "\0\ufeff\r"))) for cell in row] for row in rows]
        content = text_of([HEADINGS, *rows], line_end, quoting).encode(encoding, "replace")
        with patch.object(readers, "BATCH_BYTES", batch_bytes):
            headings, found = self.raw_rows(content)
        self.assertEqual((headings, found), (HEADINGS, rows))

    @PATIENT
    @given(ROWS)
    def test_a_row_says_what_its_own_cells_say(self, rows):
        content = text_of([HEADINGS, *rows], "\n", csv.QUOTE_ALL).replace("\0", "").encode("utf-8", "replace")
        cells = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
        for batch_bytes in (1, 1 << 16):
            with patch.object(readers, "BATCH_BYTES", batch_bytes):
                values, faulty = self.read(content)
            for number, row in enumerate(cells, start=2):
                if number in values and number not in faulty:
                    self.assertEqual(values[number], self.expected(row), row)
                elif number in values:
                    self.assertLessEqual({number}, faulty)

    @PATIENT
    @given(st.lists(NUMBERS, min_size=1, max_size=8))
    def test_many_cells_are_read_like_each(self, cells):
        for column in COLUMNS:
            try:
                each = [column.read(cell) for cell in cells]
            except CellError:
                with self.assertRaises(CellError):
                    column.read_all(cells)
            else:
                self.assertEqual(list(column.read_all(cells)), each)

    @FEW
    @given(ROWS)
    def test_rows_of_a_workbook_are_those_that_were_written(self, rows):
        rows = [["行", *row[1:]] for row in rows]  # whatever follows an empty cell is filled up
        rows = [["".join(filter(str.isprintable, cell)).replace("_x", "") for cell in row] for row in rows]
        rows = [[cell if not cell.startswith(("=", "http")) else "" for cell in row] for row in rows]
        headings, found = self.raw_rows(workbook_bytes([HEADINGS, *rows]), "a.xlsx")
        self.assertEqual((headings, [[cell or "" for cell in row] for row in found]), (HEADINGS, rows))

    @FEW
    @given(st.data())
    def test_any_damage_to_a_workbook(self, data):
        content = workbook_bytes([HEADINGS, GOOD, ["A2", "乙", "市县", 2, "", ""]])
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
            parts = [entry.filename for entry in old.infolist()]
            damaged = data.draw(st.sampled_from([name for name in parts if name.endswith((".xml", ".rels"))]))
            for name in parts:
                part = old.read(name)
                if name == damaged:
                    place = data.draw(st.integers(0, len(part)))
                    sign = data.draw(st.sampled_from([b"", b"<", b">", b'"', b"&", b"\0", b"9" * 30, b"<f>", b"-1"]))
                    part = part[:place] + sign + part[place + data.draw(st.integers(0, 40)) :]
                new.writestr(name, part)
        try:
            self.read(stream.getvalue(), "a.xlsx")
        except FileError as error:
            self.assertTrue(error.args[0])
