"""A villager's order on the telephone of a station, from the request to the handing over (ST-03, ST-04, ST-11).

The partner works on a telephone with one hand; the clerk sees at a desk what has been done.
"""

import json
import re

import pytest
from person import Visitor
from playwright.sync_api import Page, expect
from reportlab.graphics.barcode.code128 import Code128

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
ITEM, AMOUNT, COURIER = "尿素 40 公斤", "128.50", "SF1390555666777"
#: What a finger hits, and how high it is at least.
TARGETS = ".o_station_page :is(a, button, select, input:not([type=hidden]), summary)"
FINGER = 48
#: A camera before which a courier's label lies: its bars are pairs of left edge and width.
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const draw = () => {
        const context = canvas.getContext("2d");
        context.fillStyle = "white";
        context.fillRect(0, 0, 640, 480);
        context.fillStyle = "black";
        for (const [left, width] of BARS) {
            context.fillRect(160 + left, 170, width, 140);
        }
        setTimeout(draw, 100);
    };
    draw();
    return canvas.captureStream(10);
};
"""


def bars(text: str) -> list[tuple[int, int]]:
    """Return the bars of a text in Code 128 as pairs of left edge and width, in pixels."""
    code = Code128(text)
    code.validate()
    code.encode()
    code.decompose()
    found, left = [], 0
    for letter in code.decomposed:
        width = 2 * ("abcd".index(letter.lower()) + 1)
        if letter.isupper():
            found.append((left, width))
        left += width
    return found


class Partner(Visitor):
    """The partner of a station at a telephone."""

    def __init__(self, browser, address, login, pictures, **settings):
        super().__init__(browser, address, login, pictures, **settings)
        self.visit("/web/login")
        self.page.fill("#login", login)
        self.page.fill("#password", login)
        self.page.press("#password", "Enter")
        self.page.wait_for_url("**/my/station")

    def tap(self, selector: str) -> None:
        """Tap on something that leads to another page, and look whether a finger hits everything on it."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.tap()
        self.check_page()

    def check_page(self) -> None:
        """Look whether the page fits the telephone and a finger hits what is on it."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 390, self.page.url
        for target in self.page.locator(TARGETS).all():
            if target.is_visible():
                assert target.bounding_box()["height"] >= FINGER - 0.5, (self.page.url, target.inner_text())


@pytest.fixture
def partner(person) -> Partner:
    """The partner of the demo station, logged in."""
    return person("station", Partner, **PHONE)


def next_step(page: Page):
    """Return the one big button."""
    return page.locator("form[action$='/advance'] .o_station_big")


def test_an_entry_takes_three_taps(partner):
    page = partner.page
    partner.check_page()
    partner.picture("station-today")
    partner.tap("a[href='/my/station/ledger/new']")
    partner.tap("a[href='/my/station/ledger/new/buying']")
    for name, value in (("item", ITEM), ("amount", AMOUNT), ("charge", "2"), ("villager", "李大山")):
        page.fill(f"#entry_{name}", value)
    page.fill("#entry_villager_phone", "13900000099")
    partner.tap(".o_station_big")
    expect(page).to_have_url(re.compile(r"/my/station/ledger/\d+\?done=begun"))
    expect(page.locator("h1")).to_have_text(ITEM)


def test_each_step_has_one_big_button_until_it_is_handed_over(partner):
    page = partner.page
    for done in ("ordered", "received", "notified"):
        if done == "received":
            page.fill("#entry_shelf", "C7")
        with page.expect_navigation():
            next_step(page).tap()
        expect(page).to_have_url(re.compile(f"done={done}"))
    notice = page.locator(".o_station_notice p").inner_text()
    assert ITEM in notice and "C7" in notice
    partner.check_page()
    partner.picture("station-notice")
    code = re.search(r"\b\d{6}\b", notice)[0]
    page.fill("#entry_code", f"{(int(code) + 1) % 10**6:06d}")
    with page.expect_navigation():
        next_step(page).tap()
    expect(page.locator(".alert-danger")).to_be_visible()
    page.fill("#entry_code", code)
    with page.expect_navigation():
        next_step(page).tap()
    expect(page).to_have_url(re.compile("done=handed_over"))
    expect(next_step(page)).to_have_count(0)


def test_a_parcel_is_scanned_and_handed_out(partner):
    page = partner.page
    page.add_init_script(CAMERA.replace("BARS", json.dumps(bars(COURIER))))
    partner.visit("/my/station")
    partner.tap(".o_station_nav a[href='/my/station/parcels']")
    partner.tap("a[href='/my/station/parcels/in']")
    page.locator("[data-scan='parcel_courier']").tap()
    expect(page.locator("#parcel_courier")).to_have_value(COURIER)
    page.fill("#parcel_shelf", "D4")
    page.fill("#parcel_phone", "13900000098")
    partner.tap("button[value=notify]")
    code = re.search(r"\b\d{6}\b", page.locator(".o_station_notice p").inner_text())[0]
    partner.visit("/my/station/parcels")
    page.fill("#parcel_search", COURIER[-4:])
    partner.tap(".input-group button[type=submit]")
    page.fill("#entry_code", code)
    with page.expect_navigation():
        next_step(page).tap()
    expect(page).to_have_url(re.compile("done=done"))


def test_the_clerk_sees_what_was_handed_over(person):
    clerk = person("operations")
    clerk.menu("rural_station_ledger.menu_station_entry")
    entries = clerk.call("rural.station.entry", "search_read", [["item", "=", ITEM]], ["state", "turnover", "outcome"])
    assert [(each["state"], each["turnover"], each["outcome"]) for each in entries] == [
        ("handed_over", float(AMOUNT), "counts")
    ]
