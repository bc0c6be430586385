"""Servers at work, and people at their browsers."""

import os
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

from runtime import processes, project
from runtime.odoo_log import complaints_in

START_SECONDS = 120
#: Two requests of a browser at once note where a person is and what they have read: Odoo's own race, which it repeats.
ODOO_NOISE = ("mail_presence", "discuss_channel_member")
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


@contextmanager
def gathered(server: Server) -> Iterator[dict[str, Visitor]]:
    """People who come to a server."""
    people = {}
    yield people
    for each in people.values():
        server.refusals += each.refusals
        each.leave()


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


def _wait_until_served(process, address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/web/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"Odoo did not start:\n{log.read_text()[-2000:]}")
