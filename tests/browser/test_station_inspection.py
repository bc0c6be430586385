"""An inspection in a village without a network: the telephone keeps it, and sends it when there is one (ST-06).

The tests go on from one another, as the people do.
"""

import io
import re

from person import Visitor
from PIL import Image
from playwright.sync_api import expect

#: A station of the demo data and where it stands.
STATION, CODE = "龙潭村电商服务站", "ZD422802002"
PLACE = {"longitude": 108.9150, "latitude": 30.2695, "accuracy": 12}
PROBLEM = "货架最下层受潮"
WHERE = ".o_inspection_figures"
#: What a browser says of itself where there is no network.
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")


class AreaPartner(Visitor):
    """An area partner with a telephone."""

    def __init__(self, browser, address, login, pictures):
        super().__init__(
            browser,
            address,
            login,
            pictures,
            viewport={"width": 390, "height": 844},
            has_touch=True,
            is_mobile=True,
            geolocation=PLACE,
            permissions=["geolocation"],
        )
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.visit("/web/login?redirect=/my/area/inspections")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("button[type=submit]")
        expect(self.page.locator(WHERE).first).to_be_visible()

    def kept(self):
        """Wait until the telephone has the pages."""
        expect(self.page.locator("body")).to_have_attribute("data-inspections", "kept")

    def cards(self):
        """What the telephone keeps, as its list shows it."""
        return self.page.locator("#inspections_waiting .o_station_card")


def area_partner(person):
    return person("areapartner", AreaPartner)


def photo():
    """A photo as a telephone takes it: many pixels."""
    stream = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(stream, "JPEG", quality=95)
    return {"name": "货架.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def test_the_pages_are_kept_while_there_is_a_network(person):
    partner = area_partner(person)
    partner.kept()
    expect(partner.page.locator(WHERE, has_text=STATION)).to_be_visible()
    assert partner.page.evaluate("document.documentElement.scrollWidth") <= 390
    partner.picture("inspections-telephone")


def test_an_inspection_without_a_network_is_kept(person):
    partner = area_partner(person)
    page = partner.page
    partner.context.set_offline(True)
    page.locator(WHERE, has_text=STATION).locator("a").click()
    page.locator("#begin_inspection").click()
    expect(page.locator("[data-name=place]")).to_have_class(re.compile("alert-success"))
    for button in page.locator("button[data-action=all_in_order]").all():
        button.click()
    shelf = page.locator("[data-needs-photo]").nth(1)
    shelf.locator("label.btn-outline-danger").click()
    shelf.locator("input[type=text]").fill(PROBLEM)
    shelf.locator("input[type=file]").set_input_files(photo())
    expect(shelf.locator("[data-photo] img")).to_be_visible()
    page.reload()  # the telephone was put away meanwhile
    expect(shelf.locator("[data-photo] img")).to_be_visible()
    expect(shelf.locator("input[type=text]")).to_have_value(PROBLEM)
    partner.picture("inspection-telephone")
    page.locator("#inspection_form button[type=submit]").click()
    expect(partner.cards().first).to_have_attribute("data-state", "waiting")
    expect(page.locator(".o_inspection_waiting")).to_be_visible()
    partner.complaints[:] = [text for text in partner.complaints if not any(words in text for words in NO_NETWORK)]


def test_it_arrives_when_there_is_a_network(person):
    partner = area_partner(person)
    partner.context.set_offline(False)
    expect(partner.cards().first).to_have_attribute("data-state", "done")
    expect(partner.page.locator(".o_inspection_waiting")).to_have_count(0)
    partner.cards().first.locator("[data-action=view]").click()
    expect(partner.page.locator(".o_station_content")).to_contain_text(PROBLEM)
    picture = partner.page.locator(".o_inspection_photo img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600


def test_the_clerk_sees_it_with_its_problem(person):
    clerk = person("operations")
    clerk.menu("rural_station_assessment.menu_station_inspection")
    clerk.search(STATION)
    clerk.open_row(STATION)
    clerk.page_of_form("photos")
    expect(clerk.screen.locator("img[src*='/web/image/']").first).to_be_visible()
    clerk.menu("rural_station_assessment.menu_station_problem")
    clerk.open_card(PROBLEM)
    clerk.state("open")
