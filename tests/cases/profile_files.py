"""The kinds of fault in files of every profile, as CSV and as XLSX.

A file of a kind has a row for each column that the kind touches, or one row. What must come of it stands beside it.
"""

import csv
import datetime
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from file_headings import HEADINGS

#: What exporters put before a number so that a spreadsheet leaves it alone, and around it.
PROTECTED = ("`{}", "\t{}", "\x1f{}", "'{}", '="{}"')
INVISIBLE = ("\u200b{}", "\ufeff{}", "{}\u00a0", "\u202d{}\u202c")
TIMES = {"moment": ("2022/3/11 10:00", "2022年3月11日 10:00", "2022-03-11T10:00:00+08:00"),
         "day": ("2022/3/11", "2022年3月11日", "20220311")}  # fmt: skip
UNCLEAR = {"moment": "3/11/2022 10:00", "day": "3/11/2022"}


@dataclass(frozen=True)
class Profile:
    """A kind of file.

    :param row: a row that can be loaded, by heading
    :param varied: heading of the cell that tells one row from another, and texts for it
    :param codes: headings of the columns with codes
    :param times: heading → "moment" or "day", of columns in which 2022-03-11 (10:00:00) may stand
    :param number: heading of a column in which 1000.00 may stand, with the other cells that it takes
    """

    name: str
    row: dict[str, str]
    varied: tuple[str, tuple[str, ...]]
    codes: tuple[str, ...]
    times: dict[str, str]
    number: tuple[str, dict[str, str]] = ("", {})

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in the order of the file."""
        return HEADINGS[self.name]

    def rows(self, *changes: dict) -> list[list]:
        """Rows with the given cells, each with a key of its own as far as there are keys."""
        heading, texts = self.varied
        filled = [{**self.row, heading: text, **cells} for text, cells in zip(_enough(texts), changes, strict=False)]
        return [[row.get(each, "") for each in self.headings] for row in filled]


def _enough(texts: tuple[str, ...]) -> Iterator[str]:
    yield from texts
    yield from (f"{texts[-1]}{number}" for number in itertools.count(10))


@dataclass
class Case:
    """Files of a profile, in the order of loading, and what must come of each.

    :param files: name → content
    :param counts: for each file how many rows have each outcome
    :param faults: of the last file: row → (heading at fault or None for any, words of the message)
    :param facts: of the last file: what else is known of the load
    """

    profile: str
    files: dict[str, bytes]
    counts: list[dict[str, int]]
    faults: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)


def profiles(known: dict[str, str]) -> list[Profile]:
    """Return every profile; `known` holds what stands in the database for merchants and transactions."""
    return [
        Profile(
            "orders",
            {
                "订单编号": "HX90", "订单行号": "1", "下单时间": "2022-03-11 10:00:00",
                "完成时间": "2022-03-21 10:00:00", "订单状态": "已完成", "采购单位编码": "CG001696",
                "采购单位名称": "采购单位1696", "采购单位类型": "预算单位", "采购单位地区代码": "340828",
                "供应商编码": "GYS00051", "供应商名称": "阜源农业合作社51", "商品编码": "SP000187",
                "商品名称": "茶叶187号", "数量": "10", "单价": "10", "成交金额": "100.00", "退款金额": "0",
                "服务码": "FW340000P",
            },
            ("订单编号", ("HX9000001", "HX9000002", "HX90000")),
            ("订单编号", "订单行号", "采购单位编码", "采购单位地区代码", "供应商编码", "商品编码", "服务码"),
            {"下单时间": "moment"},
            ("成交金额", {"单价": "100.00"}),
        ),
        Profile(
            "centers",
            {
                "服务码": "FW341525Z", "中心名称": "霍山服务中心", "类型": "市县", "地区代码": "341525",
                "授权开始": "2022-03-11", "授权结束": "2023-12-31", "停用开始": "", "停用结束": "",
            },
            ("服务码", ("FW341525Z", "FW341525Y", "FW341525X")),
            ("服务码", "地区代码"),
            {"授权开始": "day"},
        ),
        Profile(
            "pool",
            {
                "商品编码": "SP90", "商品名称": "新茶", "供应商编码": "GYS00051", "供应商名称": "阜源农业合作社51",
                "服务费率": "0.05", "年终激励费率": "0.01", "生效日期": "2022-03-11", "失效日期": "2022-12-31",
            },
            ("商品编码", ("SP900001", "SP900002", "SP90000")),
            ("商品编码", "供应商编码"),
            {"生效日期": "day"},
        ),
        Profile(
            "reports",
            {
                "服务码": "FW340000P", "采购单位编码": "CG90", "批准时间": "2022-03-11 10:00:00",
                "有效期至": "2022-12-31",
            },
            ("采购单位编码", ("CG900001", "CG900002", "CG90000")),
            ("服务码", "采购单位编码"),
            {"批准时间": "moment"},
        ),
        Profile(
            "merchants",
            {
                "商户名称": "霍山县老街超市", "地区代码": "341525", "商户类型": known["type"], "地址": "老街1号",
                "联系人": "", "电话": "13800000000", "来源": "", "招商专员": "",
            },
            ("商户名称", ("霍山县老街超市", "霍山县新街超市", "霍山县超市")),
            ("地区代码",),
            {},
        ),
        Profile(
            "transactions",
            {
                "交易流水号": "LS90", "交易时间": known["time"], "商户编号": known["merchant"],
                "终端号": known["terminal"], "卡类型": "预付费卡", "交易类型": "消费", "金额": "1000.00",
            },
            ("交易流水号", ("LS900001", "LS900002", "LS90000")),
            ("交易流水号", "商户编号", "终端号"),
            {"交易时间": "moment"},
            ("金额", {}),
        ),
    ]  # fmt: skip


def cases(known: dict[str, str]) -> dict[str, Case]:
    """Return the cases of each profile and form of file: "orders error cells xlsx" → case."""
    made = {}
    for profile in profiles(known):
        for form, write in (("csv", csv_of), ("xlsx", xlsx_of)):
            for kind, make in KINDS.items():
                if case := make(profile, form, write):
                    made[f"{profile.name} {kind} {form}"] = case
    return made


def case_names() -> list[str]:
    """Return the names of all cases, before anything is known of a database."""
    return list(cases({"type": "", "time": "2022-03-11 10:00:00", "merchant": "M", "terminal": "T"}))


# ----------------------------------------------------------------------
# Writing
# ----------------------------------------------------------------------


def csv_of(headings, rows) -> bytes:
    """Return a CSV; a date cell as a spreadsheet shows it, an error as its text."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()


def xlsx_of(*tables, fill=None) -> bytes:
    """Return a workbook of sheets, given as headings, rows, headings, rows …"""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "m月d日"})
        for headings, rows in zip(tables[::2], tables[1::2], strict=True):
            sheet = book.add_worksheet()
            for place, row in enumerate([headings, *rows]):
                for column, cell in enumerate(row):
                    _write_cell(sheet, place, column, cell, day)
            if fill:
                fill(sheet)
    return stream.getvalue()


def _write_cell(sheet, place, column, cell, day):
    if isinstance(cell, datetime.date):
        sheet.write_datetime(place, column, cell, day)
    elif isinstance(cell, str) and cell.startswith("#"):
        sheet.write_formula(place, column, "=VLOOKUP(1,A:A,1,0)", None, cell)
    elif isinstance(cell, str):
        sheet.write_string(place, column, cell)
    elif cell is not None:
        sheet.write_number(place, column, cell)


def _shown(cell):
    return f"{cell.month}月{cell.day}日" if isinstance(cell, datetime.date) else cell


# ----------------------------------------------------------------------
# The kinds
# ----------------------------------------------------------------------


def _faulty(profile, form, write, faults, words):
    """One file with a row for each fault: (heading, cell)."""
    content = write(profile.headings, profile.rows(*({heading: cell} for heading, cell in faults)))
    expected = {place: (heading, words) for place, (heading, _cell) in enumerate(faults, start=2)}
    return Case(profile.name, {f"a.{form}": content}, [{"rejected": len(faults)}], expected)


def _the_same(profile, form, write, *changes, key_changes=()):
    """The plain row, then files with another spelling of it, in which nothing is new."""
    plain = dict(zip(profile.headings, profile.rows({})[0], strict=True))
    spellings = [
        *changes,
        *({heading: each.format(plain[heading]) for heading in profile.codes} for each in key_changes),
    ]
    rows = [profile.rows(cells) for cells in ({}, *spellings)]
    files = {f"{place}.{form}": write(profile.headings, some) for place, some in enumerate(rows)}
    return Case(profile.name, files, [{"new": 1}, *({"unchanged": 1} for _each in spellings)])


def plain(profile, form, write):
    """Two rows that are right."""
    if profile.name == "centers":  # one center a region
        return None
    return Case(profile.name, {f"a.{form}": write(profile.headings, profile.rows({}, {}))}, [{"new": 2}])


def error_cells(profile, form, write):
    """An error of a spreadsheet in each column, in those that may be empty too."""
    return _faulty(profile, form, write, [(heading, "#REF!") for heading in profile.headings], "#REF!")


def cut_numbers(profile, form, write):
    """A long number made scientific, in each column of codes."""
    cell = 4.20123e18 if form == "xlsx" else "4.20123E+18"
    return _faulty(profile, form, write, [(heading, cell) for heading in profile.codes], "cut")


def cut_numbers_as_text(profile, form, write):
    """The same as the text of a workbook's cell."""
    if form == "csv":
        return None
    return _faulty(profile, form, write, [(heading, "4.20123E+18") for heading in profile.codes], "cut")


def codes_that_became_dates(profile, form, write):
    """A code such as 1-2 that a spreadsheet has taken for a day."""
    day = datetime.date(2022, 1, 2)
    return _faulty(profile, form, write, [(heading, day) for heading in profile.codes], "made a date of this code")


def protected_codes(profile, form, write):
    """Signs before and around codes make no other keys."""
    return _the_same(profile, form, write, key_changes=PROTECTED)


def invisible_characters(profile, form, write):
    """Neither do characters that nobody sees."""
    return _the_same(profile, form, write, key_changes=INVISIBLE)


def other_forms_of_times(profile, form, write):
    """A time that can be read in one way is that time."""
    changes = [{heading: text} for heading, kind in profile.times.items() for text in TIMES[kind]]
    if not changes or profile.name == "transactions":  # whose time is the terminal's
        return None
    return _the_same(profile, form, write, *changes)


def unclear_times(profile, form, write):
    """A time that can be read in two ways is none."""
    faults = [(heading, UNCLEAR[kind]) for heading, kind in profile.times.items()]
    return _faulty(profile, form, write, faults, "is not a") if faults else None


def other_forms_of_numbers(profile, form, write):
    """Thousands separators, full-width digits and signs of yuan."""
    heading, others = profile.number
    if not heading:
        return None
    texts = ("1000.00", "1,000.00", "￥1,000.00", "１０００.００", "1000.00元")
    rows = [profile.rows({heading: text, **others}) for text in texts]
    files = {f"{place}.{form}": write(profile.headings, some) for place, some in enumerate(rows)}
    return Case(profile.name, files, [{"new": 1}, *({"unchanged": 1} for _text in texts[1:])])


def notes_around(profile, form, write):
    """A title above, notes and a total below."""
    width = len(profile.headings)
    if width < 3:
        return None
    blank = [""] * (width - 1)
    rows = [profile.headings, *profile.rows({}), ["合计", *blank], ["#共1笔记录", *blank]]
    content = write(["2022年3月导出明细", *blank], rows)
    return Case(profile.name, {f"a.{form}": content}, [{"new": 1, "rejected": 1}], {4: (None, "total")}, {"notes": 2})


def rows_cut_short(profile, form, write):
    """A download that broke off in a row."""
    if form == "xlsx":
        return None
    first, second = profile.rows({}, {})
    content = write(profile.headings, [first, second[:-2]]).rstrip(b"\r\n")
    return Case(profile.name, {"a.csv": content}, [{"new": 1, "rejected": 1}], {3: (None, "cut short")})


def two_sheets(profile, form, write):
    """An export that is split over sheets of one form, the columns of the second in another order."""
    if form == "csv" or profile.name == "centers":
        return None
    first, second = profile.rows({}, {})
    content = write(profile.headings, [first], profile.headings[::-1], [second[::-1]])
    return Case(profile.name, {"a.xlsx": content}, [{"new": 2}], facts={"unread_sheets": False})


def hidden_rows(profile, form, write):
    """A row that a filter hides, and a formula beside a hyperlink."""
    if form == "csv":
        return None

    def fill(sheet):
        sheet.set_row(2, options={"hidden": True})
        sheet.write_url(0, len(profile.headings) + 1, "https://example.com/")
        sheet.write_formula(1, 0, '="x"', None, profile.rows({})[0][0])

    content = write(profile.headings, profile.rows({}, {}), fill=fill)
    facts = {"hidden": 1, "has_formulas": True}
    return Case(profile.name, {"a.xlsx": content}, [{"new": 1, "rejected": 1}], {3: (None, "hides")}, facts)


def withdrawn_regions(profile, form, write):
    """A region that is no more names its successor."""
    heading = next((each for each in profile.codes if each.endswith("地区代码")), None)
    if not heading:
        return None
    cells = (341521.0, 341521000000.0) if form == "xlsx" else ("341521", "341521000000")
    return _faulty(profile, form, write, [(heading, cell) for cell in cells], "340422")


KINDS = {
    make.__name__.replace("_", " "): make
    for make in (
        plain, error_cells, cut_numbers, cut_numbers_as_text, codes_that_became_dates, protected_codes,
        invisible_characters, other_forms_of_times, unclear_times, other_forms_of_numbers, notes_around,
        rows_cut_short, two_sheets, hidden_rows, withdrawn_regions,
    )
}  # fmt: skip


def write_all(folder: Path, made: dict[str, Case]) -> dict[str, list]:
    """Write the files of the cases; return for each the kind and path of its files, in the order of loading."""
    written = {}
    for name, case in made.items():
        (folder / name).mkdir(parents=True)
        written[name] = []
        for file_name, content in case.files.items():
            path = folder / name / file_name
            path.write_bytes(content)
            written[name].append([case.profile, str(path)])
    return written
