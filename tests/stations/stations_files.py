"""The files of a county's stations: what goes in, in which order, by whom, and what must come out.

The variable RURAL_STATIONS names another folder of the same form.
"""

import csv
import datetime
import os
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

FOLDER = Path(os.environ.get("RURAL_STATIONS") or Path(__file__).parent / "data")
#: Who loads files, and who publishes rankings.
CLERK, MANAGER = "stations-clerk", "stations-manager"
#: Table of `rural export` → file with what it must be.
TABLES = {
    "station_platform_rows": "expected_platform_rows",
    "station_ledger_rows": "expected_ledger_rows",
    "station_turnover": "expected_turnover",
    "station_ranking": "expected_ranking",
    "station_elimination": "expected_elimination",
    "station_report_rows": "expected_report_rows",
    "station_reports": "expected_reports",
    "station_weeks": "expected_weeks",
    "station_inspection_rows": "expected_inspection_rows",
    "station_inspections": "expected_inspections",
    "station_area_partners": "expected_area_partners",
}
SHOWN = 10
#: Digits that a spreadsheet keeps of a number; one with more stays text.
EXACT_DIGITS = 15
MONEY = {"buying", "selling", "turnover", "charge", "turnover_1", "turnover_2", "turnover_3"}
NUMBERS = {"经度", "纬度", "数量", "金额", "服务费", "中途关门分钟", "到访人数"}
MOMENTS = dict.fromkeys(("业务时间", "提交时间", "巡检时间", "上传时间"), "%Y-%m-%d %H:%M:%S")
DAYS = dict.fromkeys(
    ("营业开始", "营业结束", "登记日期", "完成日期", "日报日期", "开始日期", "结束日期", "同意日期"), "%Y-%m-%d"
)
CELL_FORMATS = {"%Y-%m-%d %H:%M:%S": "yyyy-mm-dd hh:mm:ss", "%Y-%m-%d": "yyyy-mm-dd"}

Table = list[tuple]


@dataclass(frozen=True)
class Step:
    """A file that is loaded, or the month whose ranking is published."""

    user: str
    profile: str
    name: str


def months() -> list[str]:
    """Return the months that have files, such as 2026-01."""
    return sorted(path.stem.removeprefix("platform_") for path in FOLDER.glob("platform_*.csv"))


def steps() -> list[Step]:
    """Return what is done, in its order, and by whom; a profile `rank` publishes the ranking of a month."""
    found = [Step(CLERK, "stations", "stations"), Step(CLERK, "closing_days", "closing_days")]
    for month in months():
        found += [
            Step(CLERK, "station_platform", f"platform_{month}"),
            Step(CLERK, "station_ledger", f"ledger_{month}"),
            Step(MANAGER, "rank", month),
        ]
    return [
        *found,
        Step(CLERK, "station_reports", "daily_reports"),
        Step(CLERK, "station_inspections", "inspections"),
    ]


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the input files, by heading."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def expected(table: str) -> Table:
    """Return what an export must hold."""
    return _read_csv(FOLDER / f"{TABLES[table]}.csv")


def headings(table: str) -> list[str]:
    """Return the columns that an export must have."""
    with (FOLDER / f"{TABLES[table]}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.reader(stream))


def exported(path: Path) -> tuple[list[str], Table]:
    """Return the columns and the lines of an export, in the form of :func:`expected`."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return next(csv.reader(stream)), _read_csv(path)
    columns, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return columns, [_typed(dict(zip(columns, map(_text, row), strict=True))) for row in rows]


def differences(found: Table, wanted: Table) -> list[str]:
    """Return the lines in which a table differs from what it should be, the first few of each kind."""
    missing, surplus = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    return [
        *(f"missing: {line}" for line in list(missing)[:SHOWN]),
        *(f"too much: {line}" for line in list(surplus)[:SHOWN]),
        *([f"{missing.total()} missing, {surplus.total()} too much"] if missing or surplus else []),
    ]


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


def paths(folder: Path, form: str) -> dict[str, Path]:
    """Return the path of each input file by name, as CSV as it is or written as XLSX into a folder."""
    names = [step.name for step in steps() if step.profile != "rank"]
    if form == "XLSX":
        return {name: write_xlsx(folder / f"{name}.xlsx", read_rows(name)) for name in names}
    return {name: FOLDER / f"{name}.csv" for name in names}


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
        if heading in NUMBERS and len(text.strip("-").replace(".", "")) <= EXACT_DIGITS:
            return float(text), None
    except ValueError:
        pass  # what a person typed wrong stays text
    return text, None
