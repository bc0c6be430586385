"""Somebody at a browser: what they click, what they see, what is refused, what their browser complains of."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

#: A word that should be Chinese in a screen's own texts, once codes and names of files are taken out.
LATIN = re.compile(r"\b(?!CSV\b|XLSX\b|Excel\b|UTF\b|PDF\b|CNY\b|POS\b)[A-Za-z]{3,}\b")
CODE = re.compile(r"\S*\d\S*|\S+\.(csv|xlsx)\b")
OWN_TEXTS = (
    ".o_menu_sections, .o_last_breadcrumb_item, .o_form_label, .o_horizontal_separator, .o_column_title, "
    ".o_list_table thead th, .btn:not(.o_field_widget *, .invisible), .o_stat_text, .alert, .nav-link, .modal-title, "
    ".o_arrow_button, .o_facet_value"
)
#: Nobody waits that long for a screen unless it never comes; a busy machine may.
WAIT_MILLISECONDS = 60_000
#: The first page of a new database waits for its scripts and styles to be made.
FIRST_MILLISECONDS = 90_000
expect.set_options(timeout=WAIT_MILLISECONDS)
SCREEN = ".o_action_manager > .o_action"
ACTIVE = re.compile(r"\bactive\b")


class Visitor:
    """A browser of one's own, in Chinese, that tells what it complains of."""

    def __init__(self, browser: Browser, address: str, login: str, pictures: Path | None, **settings: object) -> None:
        self.address, self.login, self.pictures = address, login, pictures
        self.complaints: list[str] = []
        self.refusals: list[str] = []
        settings.setdefault("viewport", {"width": 1440, "height": 900})
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **settings)
        self.context.set_default_timeout(WAIT_MILLISECONDS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._complain(f"error: {error}"))
        self.page.on("requestfailed", self._on_request_failed)
        self.page.on("response", self._on_response)

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def visit(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(f"{self.address}{path}", timeout=FIRST_MILLISECONDS)

    def picture(self, name: str) -> None:
        """Take a picture for the documentation, where that is asked for."""
        if self.pictures:
            shot = Image.open(io.BytesIO(self.page.screenshot(animations="disabled")))
            self.pictures.mkdir(parents=True, exist_ok=True)
            shot.convert("RGB").quantize(255).save(self.pictures / f"{name}.png", optimize=True)

    def _complain(self, text: str) -> None:
        self.complaints.append(f"{self.login}, {self.page.url}: {text}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"console: {message.text}")

    def _on_request_failed(self, request: Request) -> None:
        # A request that a person does not wait for is given up when they leave.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"{request.failure}: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(f"{response.status}: {response.url}")


class Person(Visitor):
    """A login in the web client."""

    def __init__(self, browser: Browser, address: str, login: str, pictures: Path | None) -> None:
        super().__init__(browser, address, login, pictures)
        self.visit("/web/login?redirect=/odoo")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("button[type=submit]")
        self.app("rural_base.menu_home")

    # ------------------------------------------------------------------
    # Going somewhere
    # ------------------------------------------------------------------

    def go(self, where: Locator) -> None:
        """Click on what leads to another screen, and wait for it."""
        with self.going():
            where.click()

    @contextmanager
    def going(self) -> Iterator[None]:
        """Wait for another screen than the present one at the end."""
        self.page.evaluate("screen => document.querySelectorAll(screen).forEach(e => e.dataset.left = 'yes')", SCREEN)
        yield
        self.page.locator(f"{SCREEN}:not([data-left])").wait_for()
        self._read_own_texts()

    def app(self, menu: str) -> None:
        """Go to an application, by its menu's XML id, and wait for its first screen and its bar."""
        self.page.click(".o_navbar_apps_menu button", timeout=FIRST_MILLISECONDS)
        self.go(self.page.locator(f".o-dropdown--menu [data-menu-xmlid='{menu}']"))
        expect(self.page.locator(".o_menu_brand")).to_have_attribute("data-menu-xmlid", menu)

    def menu(self, item: str) -> None:
        """Choose a menu that opens a screen, in whatever application it is, by its XML id."""
        path = self._go_to_app_of(item)
        with self.going():
            self._click_through(path)

    def menu_dialog(self, item: str) -> None:
        """Choose a menu that asks something first."""
        self._click_through(self._go_to_app_of(item))
        self.dialog.wait_for()
        self._read_own_texts()

    def has_menu(self, item: str) -> bool:
        """Tell whether the person is offered a menu, in any application."""
        return bool(self._menu_path(item))

    def search(self, words: str) -> None:
        """Type into the search bar."""
        box = self.page.locator(".o_searchview_input")
        box.click()
        box.press_sequentially(words)
        self.page.locator(".o_searchview_autocomplete .o-dropdown-item", has_text=words).first.click()
        expect(self.page.locator(".o_facet_value", has_text=words)).to_be_visible()

    def open_card(self, words: str) -> None:
        """Open the card that holds the words."""
        self.go(self.screen.locator(".o_kanban_record", has_text=words))

    def open_row(self, words: str) -> None:
        """Open the first row of the list that holds the words."""
        self.page.mouse.move(720, 880)  # a hint under the pointer would lie over the row
        self.go(self.row(words).locator("td.o_data_cell").first)

    # ------------------------------------------------------------------
    # What is on the screen
    # ------------------------------------------------------------------

    @property
    def screen(self) -> Locator:
        """The present screen."""
        return self.page.locator(SCREEN)

    @property
    def dialog(self) -> Locator:
        """What asks something in front of the screen."""
        return self.page.locator(".o_dialog .modal-content")

    def row(self, words: str) -> Locator:
        """The first row of the list that holds the words."""
        return self.screen.locator("tr.o_data_row", has_text=words).first

    def rows(self) -> Locator:
        """The rows of the list."""
        return self.screen.locator("tr.o_data_row")

    def button(self, name: str) -> Locator:
        """A button of the present screen by what it does; those that are out of sight do not count."""
        return self.screen.locator(f"button[name='{name}']:visible")

    def field(self, name: str) -> Locator:
        """A field of the present form."""
        return self.screen.locator(f".o_field_widget[name='{name}']").first

    def number(self, name: str) -> int:
        """The whole number in a field of a form's groups."""
        field = self.screen.locator(f".o_inner_group .o_field_widget[name='{name}']")
        return int(field.inner_text().replace(",", ""))

    def amount(self, name: str) -> Decimal:
        """The amount in a field of a form's groups."""
        field = self.screen.locator(f".o_inner_group .o_field_widget[name='{name}']").first
        return Decimal(re.sub(r"[^\d.-]", "", field.inner_text()))

    def state(self, value: str, milliseconds: int = WAIT_MILLISECONDS) -> None:
        """Wait until the form is in a state."""
        state = self.screen.locator(f".o_statusbar_status [data-value='{value}']")
        expect(state).to_have_attribute("aria-checked", "true", timeout=milliseconds)

    # ------------------------------------------------------------------
    # Doing
    # ------------------------------------------------------------------

    def load(self, item: str, file: Path) -> dict[str, int]:
        """Load a file from the menu; return what became of its rows."""
        self.menu_dialog(item)
        self.choose_file(file)
        self.go(self.dialog.locator("button[name=action_load]"))
        self.state("done")
        counts = ("row", "new", "updated", "unchanged", "duplicate", "rejected")
        return {count: self.number(f"{count}_count") for count in counts}

    def choose_file(self, file: Path) -> None:
        """Choose a file in the dialog."""
        self.dialog.locator("input[type=file]").set_input_files(file)
        expect(self.dialog.locator(".o_field_widget[name=content] input[type=text]")).to_have_value(file.name)

    def confirm(self) -> None:
        """Say yes to a question."""
        self.dialog.locator(".modal-footer .btn-primary").click()
        expect(self.dialog).to_have_count(0)

    def fill(self, **texts: object) -> None:
        """Type into fields of the present form."""
        for name, text in texts.items():
            self._type(self.field(name), text)

    def fill_days(self, first_name: str, last_name: str, first: str, last: str) -> None:
        """Type first and last day where one field shows both."""
        field = self.field(first_name)
        for name, side, day in ((first_name, "start", first), (last_name, "end", last)):
            box = field.locator(f"input[data-field={name}]")
            box.or_(field.locator(f"button.o_daterange_{side}")).first.focus()
            box.fill(day)
        self.page.keyboard.press("Tab")

    def choose(self, name: str, words: str) -> None:
        """Choose a record in a field by typing words of it."""
        found = self.page.locator(".o-autocomplete--dropdown-item", has_text=words).first
        for _attempt in range(5):  # a row or form that has just begun may come anew under the words
            self.field(name).locator("input").fill(words)
            with suppress(PlaywrightTimeoutError):
                found.wait_for(timeout=FIRST_MILLISECONDS / 5)
                break
        found.click()

    def select(self, name: str, label: str) -> None:
        """Choose one of the given words of a field."""
        self.field(name).locator("input").first.click()
        self.page.locator(".o_select_menu_menu .o_select_menu_item", has_text=label).first.click()
        expect(self.field(name).locator("input").first).to_have_value(label)

    def new(self) -> None:
        """Begin a record of the present list or cards."""
        self.go(self.page.locator(".o_list_button_add:visible, .o-kanban-button-new:visible").first)

    def page_of_form(self, name: str) -> None:
        """Turn to a page of the form."""
        self.screen.locator(f".o_notebook_headers .nav-link[name='{name}']").click()
        expect(self.screen.locator(f".o_notebook_headers .nav-link[name='{name}']")).to_have_class(ACTIVE)
        self._read_own_texts()

    def add_row(self, name: str) -> None:
        """Begin a row of a list in the form."""
        rows = self.field(name).locator("tr.o_data_row")
        there = rows.count()
        self.field(name).locator(".o_field_x2many_list_row_add a").first.click()
        expect(rows).to_have_count(there + 1)
        expect(self.field(name).locator("tr.o_selected_row")).to_be_visible()

    def fill_row(self, name: str, **texts: object) -> None:
        """Type into the row of a form's list that is being written."""
        row = self.field(name).locator("tr.o_selected_row")
        for cell, text in texts.items():
            self._type(row.locator(f".o_field_widget[name='{cell}']"), text)

    def take_step(self, name: str) -> None:
        """Click on a button that asks whether one is sure, and say yes."""
        self.button(name).click()
        self.confirm()

    def try_step(self, name: str) -> None:
        """Click on a button that asks whether one is sure, say yes, and be refused."""
        self.button(name).click()
        self.dialog.locator(".modal-footer .btn-primary").click()
        expect(self.page.locator(".o_dialog .modal-footer .btn")).to_have_count(1)

    def refusal(self) -> str:
        """Read why something is refused on the screen, and put it away."""
        error = self.page.locator(".o_error_dialog, .o_dialog:has(.o_error_detail), .o_dialog").last
        text = error.locator(".modal-body").inner_text()
        error.locator(".modal-footer .btn-primary").click()
        expect(self.dialog).to_have_count(0)
        self.refusals.append(text.splitlines()[0])
        return text

    def open_actions(self) -> None:
        """Open the menu of what can be done with the present record."""
        self.page.locator(".o_control_panel .o_cp_action_menus button[data-hotkey='u']").click()
        self.page.locator(".o-dropdown--menu .dropdown-item").first.wait_for()

    def print(self, label: str, folder: Path) -> Path:
        """Print the present record; return the file that is downloaded."""
        self.open_actions()
        several = self.page.locator(".o-dropdown--menu .dropdown-toggle:has(.fa-print)")
        if several.count():
            several.click()
        with self.page.expect_download(timeout=FIRST_MILLISECONDS) as download:
            self.page.locator(".o-dropdown--menu .dropdown-item", has_text=label).last.click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def save(self) -> None:
        """Save the present form."""
        self.page.locator(".o_form_button_save").click()
        expect(self.page.locator(".o_form_button_save")).to_be_hidden()

    def select_all(self) -> None:
        """Tick every row of the list."""
        box = self.screen.locator("thead .o_list_record_selector input")
        for _attempt in range(10):  # a list that has just been searched may come anew under the click
            if not box.is_checked():
                box.click()
                self.page.wait_for_timeout(300)
        expect(box).to_be_checked()

    def call(self, model: str, method: str, *arguments: object) -> object:
        """Call the server as a program would, past every screen; return its answer."""
        answer = self._answer(model, method, arguments)
        assert "error" not in answer, answer
        return answer["result"]

    def is_refused(self, model: str, method: str, *arguments: object) -> bool:
        """Tell whether the server refuses a call that is not theirs to make."""
        error = self._answer(model, method, arguments).get("error", {}).get("data", {})
        self.refusals += error.get("message", "").splitlines()[:1]
        return error.get("name") in ("odoo.exceptions.AccessError", "odoo.exceptions.UserError")

    def _answer(self, model: str, method: str, arguments: tuple) -> dict:
        parameters = {"model": model, "method": method, "args": list(arguments), "kwargs": {}}
        return self.context.request.post(
            f"{self.address}/web/dataset/call_kw/{model}/{method}",
            data={"jsonrpc": "2.0", "method": "call", "id": 1, "params": parameters},
        ).json()

    def picture(self, name: str) -> None:
        """Take a picture for the documentation, where that is asked for."""
        if self.pictures:
            self.page.locator(".modal-title, .o_last_breadcrumb_item").last.click()
            self.page.mouse.move(720, 20)
            expect(self.page.locator(".o-mail-Chatter-sendMessage[disabled]")).to_have_count(0)
            expect(self.page.locator(".o_datetime_picker")).to_have_count(0)
            super().picture(name)

    # ------------------------------------------------------------------
    # How it is done
    # ------------------------------------------------------------------

    def _type(self, field: Locator, text: object) -> None:
        # A day stands on a button until somebody goes there.
        box = field.locator("input, textarea").first
        box.or_(field.locator("button.o_daterange_start")).first.focus()
        box.fill(str(text))
        # In the last cell of a list Tab saves the row, and begins another one.
        if not box.evaluate("box => box.closest('.o_list_view')"):
            self.page.keyboard.press("Tab")

    def _menu_path(self, item: str) -> list[str]:
        """Return the XML ids of the menus from the application to the item; none where it is not offered."""
        menus = self.context.request.get(f"{self.address}/web/webclient/load_menus").json()
        parents = {child: menu for menu in menus.values() for child in menu["children"]}
        path, menu = [], next((menu for menu in menus.values() if menu["xmlid"] == item), None)
        while menu and menu["id"] != "root":
            path.insert(0, menu["xmlid"])
            menu = parents.get(menu["id"])
        return path

    def _go_to_app_of(self, item: str) -> list[str]:
        """Change to the application of a menu; return the way to it from there."""
        app, *path = self._menu_path(item)
        if self.page.locator(".o_menu_brand").get_attribute("data-menu-xmlid") != app:
            self.app(app)
        return path

    def _click_through(self, path: list[str]) -> None:
        first, last = path[0], path[-1]
        section = self.page.locator(f".o_menu_sections [data-menu-xmlid='{first}']:visible")
        more = self.page.locator(".o_menu_sections_more button")  # what a narrow bar has no room for
        section.or_(more).first.wait_for()
        is_under_more = not section.count()
        (more if is_under_more else section).click()
        if is_under_more or last != first:
            self.page.locator(f".o-dropdown--menu [data-menu-xmlid='{last}']").click()

    def _read_own_texts(self) -> None:
        for text in self.page.locator(OWN_TEXTS).all_inner_texts():
            if LATIN.search(CODE.sub("", text)):
                self._complain(f"not in Chinese: {text.strip()}")
