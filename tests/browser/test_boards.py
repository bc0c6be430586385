"""The boards in a real browser: what they show of the demo data, and what a click on them opens."""

import re

from person import Person
from playwright.sync_api import expect

OPERATOR, AREA = "rural_dashboard.menu_board_operator", "rural_dashboard.menu_board_area"
OCTOBER = 9
#: Where a part of a bar is on the screen, and how much it stands for.
BAR = """(canvas, [series, index]) => {
    const chart = Chart.getChart(canvas);
    const bar = chart.getDatasetMeta(series).data[index].getCenterPoint();
    const box = canvas.getBoundingClientRect();
    return { x: box.x + bar.x, y: box.y + bar.y, value: chart.data.datasets[series].data[index] };
}"""


def panel(someone: Person, name: str):
    """A chart or table of the board."""
    return someone.screen.locator(f"section[name='{name}']")


def figure(someone: Person, label: str):
    """A figure of the board."""
    return someone.screen.locator(".o_rural_board_figure", has_text=label).first


def click_bar(someone: Person, name: str, series: int, index: int) -> float:
    """Click on a part of a bar; return what it stands for."""
    canvas = panel(someone, name).locator("canvas")
    canvas.scroll_into_view_if_needed()
    bar = canvas.evaluate(BAR, [series, index])
    with someone.going():
        someone.page.mouse.click(bar["x"], bar["y"])
    return bar["value"]


def yuan(text: str) -> float:
    """The amount in a text."""
    return float(re.sub(r"[^\d.-]", "", text))


def test_operator_opens_the_lines_behind_a_bar(person):
    manager = person("manager")
    manager.menu(OPERATOR)
    expect(figure(manager, "交易额")).to_contain_text("万")
    expect(panel(manager, "statements").locator("canvas")).to_be_visible()
    expect(panel(manager, "market_share").locator("tbody tr")).not_to_have_count(0)
    manager.picture("board-operator")
    shown = click_bar(manager, "turnover_by_month", 0, OCTOBER)
    total = manager.screen.locator("tfoot td", has_text="¥").first
    assert abs(yuan(total.inner_text()) - shown) < 0.01
    manager.go(manager.page.locator(".o_breadcrumb .breadcrumb-item a, .o_back_button").first)
    expect(figure(manager, "交易额")).to_be_visible()


def test_operator_narrows_the_board_to_a_macro_region(person):
    manager = person("manager")
    manager.menu(OPERATOR)
    choice = manager.screen.locator("select[name=macro_region_id]")
    choice.select_option(label="西北")
    expect(panel(manager, "turnover_by_month")).to_contain_text("本年度还没有已完成的订单")
    choice.select_option(label="华中")
    expect(panel(manager, "turnover_by_month").locator("canvas")).to_be_visible()


def test_exceptions_open_from_their_figure(person):
    manager = person("manager")
    manager.menu(OPERATOR)
    count = figure(manager, "例外清单").locator(".o_rural_board_value").inner_text()
    manager.go(figure(manager, "例外清单"))
    expect(manager.page.locator(".o_pager_limit")).to_have_text(count)


def test_area_manager_sees_who_is_behind(person):
    area = person("area")
    area.menu(AREA)
    expect(area.screen.locator("select[name=macro_region_id] option:checked")).to_have_text("我的大区")
    rows = panel(area, "targets").locator("tbody tr")
    expect(rows).not_to_have_count(0)
    expect(rows.first.locator(".o_rural_board_bar i").first).to_be_attached()
    area.picture("board-area")
    center = rows.first.locator("td").first.inner_text()
    area.go(rows.first)
    expect(area.field("center_id")).to_contain_text(center)


def test_who_is_not_of_operations_has_no_area_board(person):
    officer = person("officer")
    assert officer.has_menu(OPERATOR)
    assert not officer.has_menu(AREA)
    assert officer.is_refused("rural.board.area", "read_board")
