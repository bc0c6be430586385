"""Workbooks of plain rows."""

import io

import xlsxwriter


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
