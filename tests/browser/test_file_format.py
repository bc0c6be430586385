"""An administrator sets up how another platform's export is read, tries it on a file and has it loaded."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

DATA = Path(__file__).parent / "data"

CALLED = {
    "订单编号": "主订单号", "订单行号": "子订单号", "下单时间": "买家下单时间", "完成时间": "交易完成时间",
    "订单状态": "状态", "采购单位编码": "买家编号", "成交金额": "实付金额", "服务码": "推广码",
}  # fmt: skip
FORMATS = "rural_bulk.menu_load_formats"
COUNT = 20


@pytest.fixture
def export(tmp_path):
    """Orders as another platform writes them: other headings, other words, the day before the month, a title above."""
    with (DATA / "orders.csv").open(encoding="utf-8-sig", newline="") as stream:
        headings, *rows = list(csv.reader(stream))[: COUNT + 1]
    path = tmp_path / "工会平台2026年导出.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["导出时间：2026-11-30"])
        writer.writerow([CALLED.get(heading, heading) for heading in headings])
        for row in rows:
            written = [_as_exported(heading, cell) for heading, cell in zip(headings, row, strict=True)]
            writer.writerow(written)
    return path


def _as_exported(heading, cell):
    if heading == "订单状态":
        return {"已完成": "交易成功", "已取消": "交易关闭"}.get(cell, cell)
    if heading.endswith("时间") and cell:
        day, time = cell.split(" ")
        return f"{'/'.join(reversed(day.split('-')))} {time}"
    return f"Z{cell}" if heading == "订单编号" else cell


def test_format_of_another_platform_is_set_up_tried_and_loaded(person, export, database):
    # Odoo would ask its maker about the company when an administrator comes for the first time.
    database.query("UPDATE res_company SET iap_enrich_auto_done = TRUE")
    admin = person("admin")
    admin.menu(FORMATS)
    admin.new()
    admin.select("profile", "平台订单")
    admin.fill(name="工会平台的导出")
    admin.select("date_order", "日、月、年")
    for column, heading in CALLED.items():
        admin.add_row("heading_ids")
        admin.fill_row("heading_ids", column=column, heading=heading)
    admin.page_of_form("words")
    for word, meaning in (("交易成功", "已完成"), ("交易关闭", "已取消")):
        admin.add_row("word_ids")
        admin.fill_row("word_ids", column="订单状态", word=word, meaning=meaning)
    admin.save()

    admin.button("action_try").click()
    admin.dialog.wait_for()
    admin.choose_file(export)
    admin.go(admin.dialog.locator("button[name=action_try]"))
    admin.state("tried")
    assert admin.number("row_count") == admin.number("new_count") == COUNT
    assert admin.number("note_count") == 1
    expect(admin.field("format_id")).to_have_text("工会平台的导出")

    admin.button("action_start").click()
    admin.state("done")
    assert admin.number("new_count") == COUNT
