"""Four people do the main job by clicking, in Chinese, and each is refused what is not theirs.

The tests go on from one another, as the people do.
"""

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

FILES = Path(__file__).parent / "data"
STATEMENT = "2024-03/FW433123A"
STATEMENTS = 8
#: What a person corrects in the rejected rows, by heading and order number.
CORRECTIONS = {
    "HN202400049": {"单价": "59.90"},
    "HN202400050": {"完成时间": "2024-04-01 16:20:00"},
    "HN202400051": {"采购单位地区代码": "433130"},
}


def test_operations_load_centers_pool_and_reports(person):
    operations = person("operations")
    load = operations.load
    assert load("rural_service_center.menu_load_centers", FILES / "centers.csv")["new"] == 4
    assert load("rural_product_pool.menu_load_pool", FILES / "pool.csv")["new"] == 8
    director = person("director")
    begin_to_confirm(director, "rural_service_center.menu_center_take_over", "action_confirm_shown")
    expect(director.dialog.locator(".o_field_widget[name=document_names]")).to_contain_text("FW433123A")
    director.picture("take-overs-shown")
    director.confirm()
    expect(director.rows()).to_have_count(0)
    assert load("rural_service_center.menu_load_reports", FILES / "cross_region_reports.csv")["new"] == 2
    begin_to_confirm(director, "rural_service_center.menu_cross_region_report_to_confirm", "action_confirm_take_over")
    expect(director.rows()).to_have_count(0)

    operations.menu("rural_service_center.menu_service_center")
    operations.search("FW433")
    operations.open_card("FW433127A")
    operations.picture("service-center")


def begin_to_confirm(director, menu, step):
    """Take a step of all that files have brought, as a manager who did not load them (SC-04)."""
    director.menu(menu)
    director.select_all()
    director.button(step).click()


def test_director_confirms_the_pool_of_days_that_are_over(person):
    operations, director = person("operations"), person("director")
    waiting = director.call("rural.pool.entry", "search", [["state", "=", "requested"]])
    assert operations.is_refused("rural.pool.entry", "action_confirm", waiting)
    director.app("rural_base.menu_home")
    director.open_card("待确认的商品池条目")
    expect(director.rows()).to_have_count(len(waiting))
    director.select_all()
    director.open_actions()
    director.page.locator(".o-dropdown--menu .dropdown-item", has_text="确认").click()
    expect(director.rows()).to_have_count(0)


def test_operations_may_not_load_orders_or_see_statements(person):
    operations = person("operations")
    assert not operations.has_menu("rural_service_order.menu_load_orders")
    assert not operations.has_menu("rural_settlement.menu_statements")
    content = "6K6i5Y2V57yW5Y+3Cg=="
    values = {"profile": "orders", "content": content, "file_name": "orders.csv"}
    wizard = operations.call("rural.load.wizard", "create", [values])
    assert operations.is_refused("rural.load.wizard", "action_load", wizard)
    assert operations.is_refused("rural.statement", "search_read", [], ["name"])


def test_officer_loads_orders_and_corrects_the_rejected_rows(person, tmp_path):
    officer = person("officer")
    counts = officer.load("rural_service_order.menu_load_orders", FILES / "orders.csv")
    assert counts == {"row": 53, "new": 49, "updated": 0, "unchanged": 0, "duplicate": 1, "rejected": 3}
    officer.picture("load")

    with officer.page.expect_download() as download:
        officer.button("action_download_rejected").click()
    download.value.save_as(tmp_path / "rejected.xlsx")
    correct(tmp_path / "rejected.xlsx")
    counts = officer.load("rural_service_order.menu_load_orders", tmp_path / "rejected.xlsx")
    assert counts == {"row": 3, "new": 3, "updated": 0, "unchanged": 0, "duplicate": 0, "rejected": 0}


def correct(path):
    """Correct the rejected rows in the workbook, as a person would with a spreadsheet program."""
    book = openpyxl.load_workbook(path)
    [headings, *rows] = book.active.iter_rows()
    columns = {cell.value: cell.column - 1 for cell in headings}
    assert {row[columns["订单编号"]].value for row in rows} == set(CORRECTIONS)
    for row in rows:
        for heading, value in CORRECTIONS[row[columns["订单编号"]].value].items():
            row[columns[heading]].value = value
    book.save(path)


def test_officer_asks_to_accept_an_exception_by_hand(person):
    officer = person("officer")
    officer.menu("rural_service_order.menu_order_line_exceptions")
    officer.screen.locator(".o_group_header", has_text="不在商品池").click()
    expect(officer.rows().first).to_be_visible()
    officer.picture("exceptions")

    officer.open_row("古丈红茶")
    expect(officer.field("explanation")).to_contain_text("古丈红茶")
    officer.picture("order-line-without-fee")
    officer.go(officer.button("action_accept"))
    officer.field("fee_rate").locator("input").fill("8")
    officer.field("reason").locator("textarea, input").first.fill("合作社确认该批次按优选商品供货，附书面说明")
    officer.page.locator(".o_form_button_save").click()
    officer.state("requested")
    expect(officer.button("action_confirm")).to_have_count(0)
    requested = officer.call("rural.line.acceptance", "search", [["state", "=", "requested"]])
    assert officer.is_refused("rural.line.acceptance", "action_confirm", requested)


def test_officer_prepares_statements(person):
    officer = person("officer")
    officer.menu_dialog("rural_settlement.menu_prepare_statements")
    officer.dialog.locator(".o_field_widget[name=all_months] input").check()
    officer.go(officer.dialog.locator("button[name=action_prepare]"))
    officer.search("2024-0")
    expect(officer.rows()).to_have_count(STATEMENTS)
    officer.open_row(STATEMENT)
    officer.state("draft")
    officer.picture("statement-draft")
    expect(officer.button("action_confirm")).to_have_count(0)
    statement = officer.call("rural.statement", "search", [["name", "=", STATEMENT]])
    assert officer.is_refused("rural.statement", "action_confirm", statement)


def test_manager_confirms_the_acceptance(person):
    manager = person("manager")
    manager.picture("overview")
    manager.menu("rural_service_order.menu_line_acceptances")
    manager.open_row("HN2024")
    manager.button("action_confirm").click()
    manager.state("confirmed")


def test_manager_confirms_the_statements(person):
    manager = person("manager")
    manager.menu("rural_settlement.menu_statements")
    manager.search("2024-0")
    expect(manager.rows()).to_have_count(STATEMENTS)
    manager.select_all()
    manager.button("action_confirm_selected").click()
    manager.dialog.wait_for()
    manager.picture("confirm-statements")
    manager.confirm()
    expect(manager.screen.locator("tr.o_data_row:has(.text-bg-warning)")).to_have_count(STATEMENTS)


def test_officer_records_that_the_centers_agree(person):
    officer = person("officer")
    officer.menu("rural_settlement.menu_statements")
    officer.search("2024-0")
    officer.select_all()
    officer.button("action_agree").click()
    officer.dialog.locator(".o_field_widget[name=agreement] textarea").fill("盖章回函")
    officer.confirm()
    officer.open_row(STATEMENT)
    expect(officer.field("agreed_at")).to_be_visible()


def test_manager_may_not_post(person):
    manager = person("manager")
    manager.menu("rural_settlement.menu_statements")
    manager.search("2024-0")
    manager.open_row(STATEMENT)
    expect(manager.button("action_post_selected")).to_have_count(0)
    statement = manager.call("rural.statement", "search", [["name", "=", STATEMENT]])
    assert manager.is_refused("rural.statement", "action_post_selected", statement)
    values = {"statement_ids": [[6, 0, statement]]}
    assert manager.is_refused("rural.statement.post", "create", [values])


def test_accountant_posts_and_goes_from_the_entry_to_the_orders_and_back(person):
    accountant = person("accountant")
    accountant.menu("rural_settlement.menu_statements")
    accountant.search("2024-0")
    expect(accountant.rows()).to_have_count(STATEMENTS)
    accountant.select_all()
    accountant.button("action_post_selected").click()
    accountant.dialog.wait_for()
    accountant.picture("post-statements")
    accountant.go(accountant.dialog.locator("button[name=action_post]"))
    expect(accountant.rows()).to_have_count(2)

    accountant.menu("rural_settlement.menu_statements")
    accountant.search(STATEMENT)
    accountant.open_row(STATEMENT)
    accountant.state("posted")
    accountant.picture("statement-posted")
    accountant.go(accountant.button("action_view_moves"))
    accountant.open_row(STATEMENT)
    entry = accountant.field("name").inner_text()
    accountant.picture("journal-entry")
    accountant.go(accountant.button("action_view_rural_order_lines"))
    expect(accountant.row("HN2024")).to_be_visible()
    accountant.open_row("HN2024")
    accountant.picture("order-line")
    accountant.go(accountant.button("action_view_moves"))
    expect(accountant.row(entry)).to_be_visible()


def test_accountant_registers_the_payment(person):
    accountant = person("accountant")
    accountant.menu("rural_settlement.menu_statements")
    accountant.search(STATEMENT)
    accountant.open_row(STATEMENT)
    accountant.button("action_register_payment").click()
    accountant.dialog.wait_for()
    accountant.go(accountant.dialog.locator("button[name=action_create_payments]"))
    accountant.menu("rural_settlement.menu_statements")
    accountant.search(STATEMENT)
    accountant.open_row(STATEMENT)
    accountant.state("paid")


def test_accountant_may_not_prepare_confirm_or_load(person):
    accountant = person("accountant")
    assert not accountant.has_menu("rural_settlement.menu_prepare_statements")
    assert not accountant.has_menu("rural_base.menu_loading")
    assert accountant.is_refused("rural.statement.prepare", "create", [{}])
    drafts = accountant.call("rural.statement", "search", [["state", "=", "draft"]])
    assert drafts
    assert accountant.is_refused("rural.statement", "action_confirm", drafts)
    values = {"profile": "orders", "content": "eA==", "file_name": "orders.csv"}
    assert accountant.is_refused("rural.load.wizard", "create", [values])
