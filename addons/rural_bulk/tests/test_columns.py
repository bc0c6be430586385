import datetime
import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.rural_bulk import columns
from odoo.addons.rural_bulk.columns import CellError, Choice, Code, Column, Day, Moment, Number, Phone, Share, Text


@tagged("post_install", "-at_install")
class TestColumns(BaseCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(columns).failed)

    def test_sc10_codes_are_cleaned(self):
        for cell in (" fw420000p ", "ＦＷ４２００００Ｐ", "FW 420000\u3000P", "FW420000P"):
            self.assertEqual(Code().read(cell), "FW420000P", cell)
        self.assertEqual(Code().read(" \u3000"), "")

    def test_sc10_code_as_number_of_a_workbook(self):
        self.assertEqual(Code().read(420100.0), "420100")
        with self.assertRaises(CellError):
            Code().read(2.0220101123456789e16)

    def assert_says(self, kind, cell, words):
        """The cell is refused, and the sentence says so."""
        for read in (lambda: kind.read(cell), lambda: kind.read_all([cell, cell])):
            with self.assertRaises(CellError, msg=cell) as caught:
                read()
            self.assertIn(words, caught.exception.args[0]._source)

    def test_sc10_a_broken_number_is_no_code(self):
        self.assert_says(Code(), 1.5, "no code")
        self.assertEqual(Code().read("1.5"), "1.5")

    def test_sc15_a_whole_number_made_a_decimal_is_no_code(self):
        for cell in ("1.0", " 123.00", "123.", "１２３．０", "0012.0", "'1.0"):
            self.assert_says(Code(), cell, "made a decimal")
        self.assert_says(Phone(), "13800138000.0", "made a decimal")
        for cell in ("1.5", "1.0.0", "V1.0", "1.01"):
            self.assertEqual(Code().read(cell), cell)
        self.assertEqual(Code().read_all([1.0, "2", 123]), ["1", "2", "123"], "what a workbook holds is no decimal")

    def test_phones_cut_by_a_spreadsheet_are_refused(self):
        for cell in ("1.38001E+10", "1.38e+10", "１.38001E+10"):
            self.assert_says(Phone(), cell, "cut by a spreadsheet")
        self.assertEqual(Phone().read_all([13800138000.0, "", "0718-822 0000"]), ["13800138000", "", "0718-822 0000"])

    def test_a_percent_sign_has_one_reading_in_a_share(self):
        shares = {"8.8%": "0.088", " 8.8 ％": "0.088", "0.088": "0.088", "8.8": "8.8", 0.088: "0.088", "-": "0"}
        for cell, share in shares.items():
            self.assertEqual(Share(6).read(cell), share, cell)
        self.assert_says(Share(6), "8.88888%", "8.8%")
        self.assert_says(Share(6), "八分八", "0.088")
        self.assert_says(Number(6), "8.8%", "not a number")
        for cell in ("159.09元", "1,234.50", "￥159.09"):
            self.assert_says(Number(4, is_plain=True), cell, "not a number")

    def test_sc10_a_dash_is_how_accounting_formats_show_zero(self):
        for cell in ("-", " - ", "¥ -", "￥-", "－", "--", "¥ --"):
            self.assertEqual(Number(2).read(cell), "0", cell)
        for cell in ("---", "-元", "+"):
            with self.assertRaises(CellError, msg=cell):
                Number(2).read(cell)

    def test_no_last_day_is_an_empty_cell(self):
        for cell in ("长期", "永久", "无", "-", "——"):
            self.assert_says(Day(is_last=True), cell, "leave the cell empty")
        self.assert_says(Day(), "长期", "of the form")

    def test_sc10_numbers_are_exact(self):
        self.assertEqual(Number(2).read(" 29.33 "), "29.33")
        self.assertEqual(Number(2).read(1.1 + 2.2), "3.3")
        self.assertEqual(Number(2).read("29.3300"), "29.3300")
        self.assertEqual(Number(6).read(0.00001), "0.00001")
        for cell in ("12,3元", "1e5", "NaN", "29.333", "1 000", "1,23", "--1", "Infinity", "0x10"):
            with self.assertRaises(CellError, msg=cell):
                Number(2).read(cell)

    def test_sc10_times(self):
        self.assertEqual(Moment().read("2022-02-28 23:59:59"), "2022-02-28 23:59:59")
        cell = datetime.datetime(2022, 2, 28, 23, 59, 59)
        self.assertEqual(Moment().read(cell), "2022-02-28 23:59:59")
        for microsecond in (940_000, 957_000, 999_000):  # a time stays in its day and month, in a cell as in a text
            moment = cell.replace(microsecond=microsecond)
            self.assertEqual(Moment().read(moment), "2022-02-28 23:59:59")
            self.assertEqual(Moment().read(moment.isoformat(" ")), "2022-02-28 23:59:59")
        self.assertEqual(Moment().read(cell.replace(microsecond=999_999)), "2022-03-01 00:00:00", "a fraction's noise")
        cut = datetime.datetime(2022, 2, 28, 10, 59, 59, 957_000)  # cut at the sixth decimal of a day
        self.assertEqual(Moment().read(cut), "2022-02-28 11:00:00")
        for text, words in (("2022-02-28", "without a time of day"), ("2022-02-28T00:00:00", "which time zone")):
            with self.assertRaises(CellError) as caught:
                Moment().read(text)
            self.assertIn(words, caught.exception.args[0]._source)
        for text in ("2022/13/01", "2022-02-30 00:00:00", "2022-02-28", "2022-02-28T00:00:00"):
            with self.assertRaises(CellError, msg=text):
                Moment().read(text)

    def test_sc10_a_day_that_does_not_exist_is_rejected_as_that(self):
        for kind, text in (
            (Moment(), "2026-02-30 10:00:00"),
            (Moment(), "2022-02-29 00:00:00"),
            (Moment(order="dmy"), "31/06/2026 10:00:00"),
            (Moment(order="mdy"), "06/31/2026 10:00:00"),
            (Day(), "2026年2月30日"),
            (Day(is_last=True), "20260631"),
        ):
            self.assert_says(kind, text, "does not exist")
        for text in ("2022/13/01 10:00", "2022-02-32 10:00:00"):
            self.assert_says(Moment(), text, "of the form")

    def test_days(self):
        self.assertEqual(Day().read(datetime.datetime(2022, 2, 28)), "2022-02-28")
        for text in ("2022-02-30", "2/3/2022", "2022-02-28 10:00:00"):
            with self.assertRaises(CellError, msg=text):
                Day().read(text)

    def test_sc10_a_day_without_a_date_format_is_told(self):
        for kind in (Moment(), Day()):
            with self.assertRaises(CellError) as caught:
                kind.read_all(["", 44620.999988426])
            self.assertIn("date format", caught.exception.args[0]._source)

    def test_many_cells_are_read_like_each(self):
        columns = {
            Code(): ["FW1", "fw1", " ＦＷ２", "", 42.0],
            Number(2): ["1", "", "29.330", " 2 ", 0.1 + 0.2],
            Moment(): ["2022-02-28 23:59:59", "", datetime.datetime(2022, 2, 28), " 2022-02-28 00:00:00 "],
            Day(): ["2022-02-28", "", datetime.date(2022, 2, 28)],
            Choice({"省级": "province"}): ["省级", "", "省级"],
        }
        for kind, cells in columns.items():
            for some in (cells, cells[:1] * 2, cells[1:2]):
                self.assertEqual(list(kind.read_all(some)), [kind.read(cell) for cell in some])

    def test_a_faulty_cell_among_many_is_found(self):
        for kind, cell in (
            (Number(2), "12,3元"),
            (Number(2), "1\n2"),
            (Moment(), "2022/13/01"),
            (Moment(), "2022-02-30 00:00:00"),
            (Moment(), "2022-02-28T00:00:00"),
            (Moment(), "0001-01-01 00:00:00"),
            (Moment(), "9999-12-31 00:00:00"),
            (Moment(), datetime.datetime(1, 1, 1)),
            (Day(), "28.02.2022"),
            (Day(), "0001-01-01"),
            (Code(), "A" * 101),
            (Text(), "长" * 501),
        ):
            with self.assertRaises(CellError, msg=cell):
                kind.read_all([kind.read(""), cell])

    def test_last_of_what_is_taken(self):
        self.assertEqual(Moment().read_all(["2100-12-31 23:59:59"]), ["2100-12-31 23:59:59"])
        self.assertEqual(Day().read("9999-12-31"), "9999-12-31")
        self.assertEqual(Code().read_all(["A" * 100]), ["A" * 100])
        self.assertEqual(Text().read_all(["长" * 500]), ["长" * 500])

    def test_number_that_is_too_big_is_told_so(self):
        with self.assertRaises(CellError) as caught:
            Number(2).read("9999999999999.99")
        self.assertIn("too big", caught.exception.args[0]._source)

    def test_a_faulty_number_among_thousands_is_found_at_once(self):
        with self.assertRaises(CellError):
            Number(6).read_all(["10.000000"] * 5000 + ["12,3元"])

    def test_choice_names_what_there_is(self):
        self.assertEqual(Choice({"省级": "province"}).read("省级"), "province")
        with self.assertRaises(CellError):
            Choice({"省级": "province"}).read("国家级")

    def test_required_cell_is_missing(self):
        with self.assertRaises(CellError):
            Column("amount", "成交金额", Number(2)).read("  ")
        self.assertEqual(Column("amount", "成交金额", Number(2), required=False).read(""), "")
