"""The files of the cases, written as the programs that people use write them.

The variable RURAL_CASES names another folder of the same form: a folder for each case, its files in the order of
loading.
"""

import csv
import datetime
import io
from pathlib import Path

import openpyxl
import xlsxwriter
from file_headings import HEADINGS as FILE_HEADINGS

HEADINGS = FILE_HEADINGS["orders"]
ROW = [
    *("HX1", "1", "2022-03-11 10:00:00", "2022-03-21 10:00:00", "已完成", "CG001696", "采购单位1696", "预算单位"),
    *("340828", "GYS00051", "阜源农业合作社51", "SP000187", "茶叶187号", "10", "10", "100.00", "0", "FW340000P"),
]


def orders_in(folder: Path) -> dict[str, list[Path]]:
    """Return the files of each case that hold orders, in the order of loading."""
    cases = {case.name: sorted(case.glob("orders*")) for case in sorted(folder.iterdir()) if case.is_dir()}
    # What is loaded first is not always first in the alphabet.
    cases = {name: sorted(paths, key=lambda path: "plain" in path.name) for name, paths in cases.items()}
    return {name: paths for name, paths in cases.items() if paths}


def row(**cells) -> list:
    """Return a row that earns 8.80, but for the given cells."""
    return [cells.get(heading, cell) for heading, cell in zip(HEADINGS, ROW, strict=True)]


def text_of(rows, headings=HEADINGS) -> str:
    """Return rows as the text of a CSV."""
    stream = io.StringIO()
    csv.writer(stream).writerows([headings, *rows])
    return stream.getvalue()


def write_all(folder: Path) -> Path:
    """Write the files of all cases; return the folder."""
    for name, files in cases().items():
        (folder / name).mkdir(parents=True)
        for file_name, content in files.items():
            path = folder / name / file_name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def cases() -> dict[str, dict[str, str | bytes]]:
    """Return the content of each file of each case."""
    numbers = [str(4201234567890123458 + place) for place in range(3)]
    plain = [row(订单编号=number) for number in numbers]
    protected = [row(订单编号=f"{sign}{number}") for sign, number in zip("`\t\x1f", numbers, strict=True)]
    return {
        "01-scientific-notation": {"orders_1.csv": text_of([row(订单编号="4.20123E+18")])},
        "03-protected-numbers": {"orders_plain.csv": text_of(plain), "orders_protected.csv": text_of(protected)},
        "04-leading-zero": {
            "orders_original.csv": text_of([row(订单行号="01"), row(订单行号="02")]),
            "orders_saved_by_excel.csv": text_of([row(订单行号="1"), row(订单行号="2")]),
        },
        "05-two-sheets": {"orders.xlsx": two_sheets()},
        "06-error-cells": {"orders.xlsx": error_cells()},
        "07-invisible-characters": {
            "orders_1.csv": text_of([row(订单编号="HX0700001")]),
            "orders_2.csv": text_of(
                [
                    *(row(订单编号=n) for n in ("HX0700001\u200b", "HX07\ufeff00001", "\u202dHX0700001\u202c")),
                    row(订单编号="HX0700002", 服务码="FW340000P\u200b"),
                ]
            ),
        },
        "08-code-became-a-date": {"orders.xlsx": dates()},
        "11-notes-around": {"orders_with_preamble.csv": notes_around()},
        "13-times": {"orders.csv": times()},
        "14-merged-hidden-total": {"orders.xlsx": hidden(), "orders_title.xlsx": titled()},
        "15-formula-warning": {"orders_with_link.xlsx": formula()},
        "18-cut-short": {
            "orders_cut_in_row.csv": text_of([row(订单编号="HX1800001"), row(订单编号="HX1800002")])[
                : -len(".00,0,FW340000P\r\n")
            ]
        },
        "25-withdrawn-regions": {
            "orders.csv": text_of(
                [
                    row(订单编号=f"HX250000{place}", 采购单位地区代码=code)
                    for place, code in enumerate(("341521", "340828", "340828000000", "安徽省岳西县"), start=1)
                ]
            )
        },
    }


def workbook(fill) -> bytes:
    """Return a workbook that a function has filled."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


def sheet_of(book, rows, name=None):
    """Add a sheet of headings and rows."""
    sheet = book.add_worksheet(name)
    for place, cells in enumerate([HEADINGS, *rows]):
        sheet.write_row(place, 0, cells)
    return sheet


def two_sheets() -> bytes:
    """Return an export that is split over two sheets."""

    def fill(book):
        sheet_of(book, [row(订单编号="HX0500001")], "订单1")
        sheet_of(book, [row(订单编号="HX0500002"), row(订单编号="HX0500003")], "订单2")

    return workbook(fill)


def error_cells() -> bytes:
    """Return formulas without a result."""

    def fill(book):
        sheet = sheet_of(book, [row(订单编号=f"HX060000{place}") for place in (1, 2, 3)])
        for place, heading, error in ((1, "服务码", "#N/A"), (2, "退款金额", "#REF!"), (3, "成交金额", "#VALUE!")):
            sheet.write_formula(place, HEADINGS.index(heading), "=VLOOKUP(1,A:A,1,0)", None, error)

    return workbook(fill)


def dates() -> bytes:
    """Return codes that a spreadsheet has taken for days."""

    def fill(book):
        sheet = sheet_of(book, [row(订单编号="HX0800001"), row(订单编号="x")])
        day = book.add_format({"num_format": "m月d日"})
        sheet.write_datetime(1, 1, datetime.datetime(2022, 1, 2), day)
        sheet.write_datetime(2, 0, datetime.datetime(2022, 3, 1), day)

    return workbook(fill)


def notes_around() -> bytes:
    """Return what payment platforms write around their rows."""
    lines = [
        "-" * 48,
        "订单信息：",
        "起始时间：[2022-03-01 00:00:00]    终止时间：[2022-03-31 23:59:59]",
        "共1笔记录",
        "",
        ",".join([*HEADINGS, ""]),
        "  ,".join(row(订单编号="HX1100001")) + "\t,",
        "#-----列表结束-----",
        "#共1笔记录,,",
    ]
    return "\r\n".join(lines).encode("gb18030")


def times() -> bytes:
    """Return six forms of a time."""
    forms = [
        ("2022/3/11 10:00", "2022/3/21 10:00", "已完成"),
        ("2022/03/11 10:00:00", "2022/03/21 10:00:00", "已完成"),
        ("2022年3月11日 10:00", "2022-03-21", "已完成"),
        ("2022-03-11 10:00:00", "0000-00-00 00:00:00", "待收货"),
        ("2022-03-11 10:00:00", "1970-01-01 08:00:00", "待发货"),
        ("2022-03-11T10:00:00+08:00", "2022-03-21 10:00:00", "已完成"),
    ]
    rows = [
        row(订单编号=f"HX130000{place}", 下单时间=ordered, 完成时间=completed, 订单状态=state)
        for place, (ordered, completed, state) in enumerate(forms, start=1)
    ]
    return text_of(rows).encode("gb18030")


def hidden() -> bytes:
    """Return merged numbers, a row that a filter hides, and a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in (HEADINGS, row(订单编号="HX1400001"), row(订单编号=None, 订单行号="2"), row(订单编号="HX1400002")):
        sheet.append(cells)
    sheet.append(
        [{"订单编号": "合计", "数量": 30, "成交金额": 300, "退款金额": 0}.get(heading) for heading in HEADINGS]
    )
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[4].hidden = True
    return saved(book)


def titled() -> bytes:
    """Return a title above the headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2022年3月订单明细"])
    sheet.append(HEADINGS)
    sheet.append(row(订单编号="HX1400003"))
    sheet.merge_cells("A1:R1")
    return saved(book)


def saved(book) -> bytes:
    """Return a workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def formula() -> bytes:
    """Return a formula on a sheet with a hyperlink, which has a part of its own for it."""

    def fill(book):
        sheet = sheet_of(book, [row(订单编号="HX1500001")])
        sheet.write_formula(1, HEADINGS.index("成交金额"), "=N2*O2", None, 100)
        sheet.write_url(0, 19, "https://example.com/")

    return workbook(fill)
