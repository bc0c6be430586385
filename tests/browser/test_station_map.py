"""The map of stations in a real browser: where they are, how they are, and what a click on one opens."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

MAP = "rural_station.menu_station_map"
STATIONS = 40


def markers(someone, what=""):
    """The stations on the map, or those in one colour."""
    return someone.page.locator(f"path.o_rural_station_marker{what}")


def test_clerk_finds_a_station_on_the_map(person):
    operations = person("operations")
    hosts = set()
    operations.page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    operations.menu(MAP)
    expect(markers(operations)).to_have_count(STATIONS)
    expect(operations.page.locator("path.o_rural_station_county")).to_be_visible()
    operations.picture("station-map")
    assert hosts - {None} == {urlsplit(operations.page.url).hostname}, "the map asks nobody outside"

    operations.page.locator("button[name=ranking_turnover]").click()
    expect(markers(operations, ".o_rural_station_shade_4")).not_to_have_count(0)
    expect(markers(operations, ".o_rural_station_open")).to_have_count(0)
    operations.picture("station-map-turnover")
    marker = markers(operations, ".o_rural_station_shade_4").last
    marker.hover()
    tooltip = operations.page.locator(".o_rural_station_tooltip")
    expect(tooltip).to_contain_text("服务站")
    name = tooltip.locator("div div").first.inner_text()
    with operations.going():
        marker.click()
    expect(operations.field("name").locator("input, textarea").first).to_have_value(name)


def test_map_shows_what_the_search_leaves(person):
    operations = person("operations")
    operations.menu(MAP)
    expect(markers(operations)).to_have_count(STATIONS)
    operations.search("长堰村")
    expect(markers(operations)).to_have_count(1)


def test_turnover_is_drawn_by_month_and_area(person):
    operations = person("operations")
    operations.menu("rural_station_ledger.menu_station_turnover")
    expect(operations.screen.locator(".o_graph_renderer canvas")).to_be_visible()
    operations.picture("station-turnover")
    with operations.going():
        operations.page.locator("button.o_switch_view.o_pivot").click()
    expect(operations.screen.locator(".o_pivot th", has_text="东部片区")).to_be_visible()


def test_nobody_is_at_risk_whose_elimination_is_proposed(person):
    operations = person("operations")
    operations.menu("rural_station_ledger.menu_station_at_risk")
    expect(operations.screen.locator(".o_view_nocontent")).to_be_visible()
    operations.picture("station-at-risk")
