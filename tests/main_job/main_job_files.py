"""The files of the main job: what goes in, what must come out, and the same files in other formats.

The variable RURAL_MAIN_JOB names another folder of the same form.
"""

import csv
import datetime
import os
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

FOLDER = Path(os.environ.get("RURAL_MAIN_JOB") or Path(__file__).parent / "data")
#: Kind of file and its name, in the order of loading.
FILES = {"centers": "centers", "pool": "pool", "reports": "cross_region_reports", "orders": "orders"}
#: What counts once a second person, a manager, has confirmed it (SC-04, SC-08), and the login of one.
CONFIRMED, MANAGER = ("centers", "pool", "reports"), "director"
#: Why the regions of centers in the demo data get the files' centers beside them (SC-04).
REASON = "两个中心此前均已在运营"
TABLES = ("rows", "statements", "turnover")
SHOWN = 10
MONEY = {"base", "fee", "amount"}
NUMBERS = {
    "订单行号",
    "采购单位地区代码",
    "地区代码",
    "数量",
    "单价",
    "成交金额",
    "退款金额",
    "服务费率",
    "年终激励费率",
}
MOMENTS = {"下单时间": "%Y-%m-%d %H:%M:%S", "完成时间": "%Y-%m-%d %H:%M:%S", "批准时间": "%Y-%m-%d %H:%M:%S"}
DAYS = dict.fromkeys(
    ("授权开始", "授权结束", "停用开始", "停用结束", "生效日期", "失效日期", "有效期至"), "%Y-%m-%d"
)  # fmt: skip
CELL_FORMATS = {"%Y-%m-%d %H:%M:%S": "yyyy-mm-dd hh:mm:ss", "%Y-%m-%d": "yyyy-mm-dd"}

Table = list[tuple]


def paths() -> dict[str, Path]:
    """Return the input files as they are, by kind."""
    return {kind: FOLDER / f"{name}.csv" for kind, name in FILES.items()}


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the input files, by heading."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def expected(table: str) -> Table:
    """Return what an export must hold."""
    return _read_csv(FOLDER / f"expected_{table}.csv")


def exported(path: Path) -> Table:
    """Return what an export holds, in the form of :func:`expected`."""
    if path.suffix == ".csv":
        return _read_csv(path)
    headings, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [_typed(dict(zip(headings, map(_text, row), strict=True))) for row in rows]


def differences(found: Table, wanted: Table) -> list[str]:
    """Return the lines in which a table differs from what it should be, the first few of each kind."""
    missing, surplus = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    lines = [f"missing: {line}" for line in list(missing)[:SHOWN]] + [
        f"too much: {line}" for line in list(surplus)[:SHOWN]
    ]
    return lines or ([] if found == wanted else ["the lines are in another order"])


def write_csv(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    """Write rows as CSV."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as a person's spreadsheet holds them: numbers as numbers, days and times as dates."""
    book = xlsxwriter.Workbook(path)
    formats = {pattern: book.add_format({"num_format": cells}) for pattern, cells in CELL_FORMATS.items()}
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, rows[0])
    for number, row in enumerate(rows, start=1):
        for column, (heading, text) in enumerate(row.items()):
            value, pattern = _spreadsheet_value(heading, text)
            if pattern:
                sheet.write_datetime(number, column, value, formats[pattern])
            elif isinstance(value, float):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value)
    book.close()
    return path


def write_all(folder: Path, form: str) -> dict[str, Path]:
    """Write the input files in another form; return the path of each kind."""
    if form == "XLSX":
        return {kind: write_xlsx(folder / f"{name}.xlsx", read_rows(name)) for kind, name in FILES.items()}
    return {kind: write_csv(folder / f"{name}.csv", read_rows(name), form) for kind, name in FILES.items()}


def fees_by(heading: str) -> dict[str, Decimal]:
    """Return the sum of the expected fees for each value in a column of the orders."""
    orders = read_rows("orders")
    sums = defaultdict(Decimal)
    for row, *_key, reason, fee in expected("rows"):
        if reason == "eligible":
            sums[clean(orders[int(row) - 2][heading])] += fee
    return dict(sums)


def fee_rate(order: dict[str, str]) -> Decimal:
    """Return the rate of an eligible order, as the pool has it at order time."""
    [rate] = {
        entry["服务费率"]
        for entry in read_rows("pool")
        if clean(entry["商品编码"]) == clean(order["商品编码"])
        and entry["生效日期"] <= order["下单时间"][:10] <= (entry["失效日期"] or "9999")
    }
    return Decimal(rate)


def rounded(amount: Decimal) -> Decimal:
    """Round to cents, half up."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def clean(code: str) -> str:
    """Return a code without spaces, in half-width and upper case."""
    narrow = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
    return "".join(code.translate(narrow).split()).upper()


def _read_csv(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [_typed(row) for row in csv.DictReader(stream)]


def _typed(row: dict[str, str]) -> tuple:
    return tuple(
        Decimal(text).quantize(Decimal("0.01")) if heading in MONEY and text else text for heading, text in row.items()
    )


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _spreadsheet_value(heading: str, text: str) -> tuple:
    pattern = MOMENTS.get(heading) or DAYS.get(heading)
    try:
        if pattern:
            return datetime.datetime.strptime(text, pattern), pattern
        if heading in NUMBERS:
            return float(text), None
    except ValueError:
        pass  # what a person typed wrong stays text
    return text, None
