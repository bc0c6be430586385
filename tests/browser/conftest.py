"""A real server on a copy of the template, and a real browser for each login."""

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from at_work import bringing, gathered
from odoo_server import Server, serving
from person import Visitor
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@pytest.fixture(scope="module")
def database(template, copy_of):
    """A copy of the template, for the tests of a module."""
    return copy_of(template)


@pytest.fixture(scope="module")
def server(database, tmp_path_factory) -> Iterator[Server]:
    """Odoo on the module's database."""
    with serving(database, tmp_path_factory.mktemp("server") / "odoo.log") as server:
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


@pytest.fixture
def person(request, chromium, server, people, tmp_path) -> Iterator[Callable[..., Visitor]]:
    """Return a function that brings somebody; what their browser complains of fails the test."""
    with bringing(request, chromium, server, people, tmp_path) as bring:
        yield bring


@contextmanager
def _memory_without_limit() -> Iterator[None]:
    """Take back the limit that Odoo sets itself in this process: a browser reserves more than it uses."""
    limit, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
