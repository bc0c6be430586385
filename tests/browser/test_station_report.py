"""A day's report from the station's telephone to the area partner's, and to the clerk's desk (ST-05, ST-07).

The tests go on from one another, as the people do.
"""

import io
import os
import re

import pytest
from person import Visitor
from PIL import Image
from playwright.sync_api import expect

STATION, PROBLEM = "清源村电商服务站", "门口路灯坏了"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
#: The least height of what a finger presses, in pixels.
FINGER = 40
#: A photo as a telephone takes it, and the longest side with which it is sent.
TAKEN, SENT = (2400, 1800), 1600


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    """A big photo."""
    path = tmp_path_factory.mktemp("photos") / "站点.jpg"
    Image.frombytes("RGB", TAKEN, os.urandom(TAKEN[0] * TAKEN[1] * 3)).save(path, quality=90)
    return path


def log_in(person, login):
    """Somebody of the portal at a telephone."""
    visitor = person(login, Visitor, **PHONE)
    visitor.visit("/web/login")
    visitor.page.fill("input[name=login]", login)
    visitor.page.fill("input[name=password]", login)
    visitor.page.click("button[type=submit]")
    visitor.page.wait_for_url(re.compile("/my"))
    return visitor


def fits(visitor):
    """Tell that a page fits the telephone, and what is pressed is big enough for a finger."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    for button in page.locator(".o_station_page .btn:visible, .o_station_nav a:visible").all():
        assert button.bounding_box()["height"] >= FINGER


def test_st05_the_report_opens_filled_and_says_what_is_wrong(person, photo, tmp_path):
    page = log_in(person, "station").page
    page.goto(f"{person('station').address}/my/station/report")
    fits(person("station"))
    expect(page.locator("[name=opens_at]")).to_have_value(re.compile("[0-9]{2}:[0-9]{2}"))
    page.fill("[name=opens_at]", "17:00")
    page.fill("[name=closes_at]", "08:00")
    page.fill("[name=problems]", PROBLEM)
    page.click("button[name=hand_in]")
    expect(page.locator(".alert-danger")).to_have_count(1)
    expect(page.locator("[name=problems]")).to_have_value(PROBLEM)
    paper = tmp_path / "站点.jpg"
    paper.write_bytes(b"%PDF-1.7 ... startxref 9 %%EOF")
    page.set_input_files("[name=photo]", paper)
    expect(page.locator(".o_report_photo_note")).to_contain_text("站点.jpg")
    expect(page.locator("[name=photo]")).to_have_value("")


def test_st05_the_report_is_handed_in_with_a_photo_that_the_telephone_makes_small(person, photo):
    page = person("station").page
    page.set_input_files("[name=photo]", photo)
    expect(page.locator("[name=photo]")).to_have_value(re.compile("photo.jpg"))
    page.fill("[name=opens_at]", "08:30")
    page.fill("[name=closes_at]", "17:30")
    page.fill("[name=pause]", "30")
    page.fill("[name=visitors]", "26")
    page.click("button[name=hand_in]")
    facts = page.locator("[name=report_facts]")
    expect(page.locator(".alert-success")).to_have_count(1)
    expect(facts).to_contain_text(PROBLEM)
    expect(facts).to_contain_text("08:30")
    fits(person("station"))
    person("station").picture("station_report")
    address = facts.locator("img").get_attribute("src")
    stored = person("station").context.request.get(f"{person('station').address}{address}")
    assert max(Image.open(io.BytesIO(stored.body())).size) == SENT


def test_st05_the_area_partner_sees_it_and_who_has_not_reported(person):
    visitor = log_in(person, "areapartner")
    visitor.visit("/my/area")
    fits(visitor)
    card = visitor.page.locator(".o_area_card", has_text=STATION)
    expect(card.locator(".o_report_state")).to_have_class(re.compile("o_report_(on_time|extra)"))
    visitor.picture("station_area")
    visitor.page.locator(".o_station_nav a[href='/my/area/reports']").click()
    day = visitor.page.locator(".o_station_card", has_text=STATION)
    expect(day).to_contain_text(PROBLEM)
    fits(visitor)
    day.locator("a[href*='/my/area/reports/']").click()
    expect(visitor.page.locator("[name=report_facts]")).to_contain_text("26")


def test_st05_the_clerk_reads_it_at_the_desk(person):
    clerk = person("operations")
    clerk.menu("rural_station_ledger.menu_station_report")
    clerk.search(STATION)
    expect(clerk.screen.locator(".o_data_row").first).to_contain_text(PROBLEM)


def test_st07_everybody_reads_the_ranking_without_a_login(person):
    visitor = person("villager", Visitor, **PHONE)
    visitor.visit("/stations/ranking")
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    expect(page.locator(".ranking").first).to_contain_text(STATION)
    visitor.picture("station_ranking")
    page.locator(".months a").last.click()
    expect(page.locator(".ranking").first).to_contain_text("电商服务站")
