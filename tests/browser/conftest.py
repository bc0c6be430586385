"""A real server on a copy of the template, and a real browser for each login."""

import os
import resource
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from letter_box import free_port
from person import Person, Visitor
from playwright.sync_api import Browser, sync_playwright

from runtime import processes, project
from runtime.odoo_log import complaints_in

START_SECONDS = 120
#: Two requests of a browser at once note where a person is and what they have read: Odoo's own race, which it repeats.
ODOO_NOISE = ("mail_presence", "discuss_channel_member")
CHROMIUM = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
PICTURES = project.ROOT / "docs" / "images"


@dataclass
class Server:
    """Odoo at work: where it is, and what it has refused people on purpose."""

    address: str
    refusals: list[str] = field(default_factory=list)


@contextmanager
def serving(database, log: Path, day: str = "", smtp_port: int = 0) -> Iterator[Server]:
    """Odoo on a database, with a runner for its jobs; its clock can be set to a day to come, its letters taken.

    Its log must be clean at the end, but for what the tests tried although it is not allowed.
    """
    ready = database.databases.ready
    port = free_port()
    options = ["--http-interface=127.0.0.1", f"--http-port={port}", f"--db-filter=^{database.name}$"]
    options += ["--max-cron-threads=0"]  # a schedule cut off by the end of a test would complain
    if smtp_port:
        options += ["--smtp=127.0.0.1", f"--smtp-port={smtp_port}"]
    address = f"http://127.0.0.1:{port}"
    # What letters and certificates lead to.
    database.query(f"UPDATE ir_config_parameter SET value = '{address}' WHERE key = 'web.base.url'")
    command = ready.odoo_command("-d", database.name, *options)
    if day:
        command = [str(ready.program("python")), str(Path(__file__).parent / "odoo_at_day.py"), day, *command[1:]]
    environment = ready.environ(ODOO_QUEUE_JOB_CHANNELS="root:1")
    with log.open("w") as output:
        process = ready.start(
            command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            server = Server(address)
            _wait_until_served(process, server.address, log)
            yield server
        finally:
            processes.stop(process)
    expected = [*ODOO_NOISE, *server.refusals]
    assert [each for each in complaints_in(log) if not any(words in each for words in expected)] == []


@pytest.fixture(scope="module")
def server(template, copy_of, tmp_path_factory) -> Iterator[Server]:
    """Odoo on a copy of the template."""
    with serving(copy_of(template), tmp_path_factory.mktemp("server") / "odoo.log") as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("there is no Chromium on this machine")
    with _memory_without_limit(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let the fixture below know whether the test has failed."""
    report = yield
    if report.failed:
        item.has_failed = True
    return report


@pytest.fixture(scope="module")
def people(server) -> Iterator[dict[str, Visitor]]:
    """Who has come, by login; they stay at their browsers."""
    with gathered(server) as people:
        yield people


@contextmanager
def gathered(server: Server) -> Iterator[dict[str, Visitor]]:
    """People who come to a server."""
    people = {}
    yield people
    for each in people.values():
        server.refusals += each.refusals
        each.leave()


@pytest.fixture
def person(request, chromium, server, people, tmp_path) -> Iterator[Callable[..., Visitor]]:
    """Return a function that brings somebody; what their browser complains of fails the test."""
    with bringing(request, chromium, server, people, tmp_path) as bring:
        yield bring


@contextmanager
def bringing(request, chromium, server, people, tmp_path) -> Iterator[Callable[..., Visitor]]:
    """Give a function that brings somebody: a login of the web client, or a visitor.

    A test that fails leaves a picture of each screen in its temporary folder.
    """

    def bring(login: str, kind: type[Visitor] = Person, **settings: object) -> Visitor:
        if login not in people:
            pictures = PICTURES if os.environ.get("RURAL_PICTURES") else None
            people[login] = kind(chromium, server.address, login, pictures, **settings)
        return people[login]

    yield bring
    complaints = []
    for each in people.values():
        if hasattr(request.node, "has_failed"):
            each.page.screenshot(path=tmp_path / f"{each.login}.png")
        complaints += each.complaints
        each.complaints.clear()
    assert complaints == []


@contextmanager
def _memory_without_limit() -> Iterator[None]:
    """Take back the limit that Odoo sets itself in this process: a browser reserves more than it uses."""
    limit, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _wait_until_served(process, address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/web/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"Odoo did not start:\n{log.read_text()[-2000:]}")
