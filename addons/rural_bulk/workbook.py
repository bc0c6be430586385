"""Files of plain rows that we write: workbooks, and CSV that a spreadsheet may open."""

import csv
import io
import re

import xlsxwriter

#: With one of these before it, a spreadsheet takes a text of a CSV as a formula.
FORMULA_STARTS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def neutral(cell):
    """A cell as a CSV may hold it: a text that would be a formula gets ' before it, which a load takes off again.

    >>> neutral("=1+1"), neutral("-5.00"), neutral("@x"), neutral("茶"), neutral(-5)
    ("'=1+1", '-5.00', "'@x", '茶', -5)
    """
    if isinstance(cell, str) and cell[:1] in FORMULA_STARTS and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_csv(headings, rows):
    """A CSV file in UTF-8, its text neutral to spreadsheets.

    :param headings: list of text
    :param rows: iterable of lists of text, numbers or None
    :return: its bytes
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([neutral(cell) for cell in cells] for cells in rows)
    return stream.getvalue().encode()


def write_workbook(headings, rows, widths=()):
    """An XLSX file of one sheet.

    Text is written as text: a cell that begins with “=” stays what it was and never turns into a
    formula.

    :param headings: list of text
    :param rows: iterable of lists of text, numbers, dates or None
    :param widths: width of the columns, in characters
    :return: its bytes
    """
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(stream, {**options, "in_memory": False}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, headings, workbook.add_format({"bold": True}))
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for number, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(number, column, cell, moment)
                else:
                    sheet.write(number, column, cell)
    return stream.getvalue()
