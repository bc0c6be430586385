"""A real Odoo at work for tests that come to it over the network."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from runtime import processes
from runtime.odoo_log import complaints_in

START_SECONDS = 120
#: Two requests of a browser at once note where a person is and what they have read: Odoo's own race, which it repeats.
ODOO_NOISE = ("mail_presence", "discuss_channel_member")


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """Odoo at work: where it is, and what it has refused people on purpose."""

    port: int
    database: str
    refusals: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where browsers go."""
        return f"http://127.0.0.1:{self.port}"


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
    server = Server(port, database.name)
    # What letters and certificates lead to.
    database.query(f"UPDATE ir_config_parameter SET value = '{server.address}' WHERE key = 'web.base.url'")
    command = ready.odoo_command("-d", database.name, *options)
    if day:
        command = [str(ready.program("python")), str(Path(__file__).parent / "odoo_at_day.py"), day, *command[1:]]
    environment = ready.environ(ODOO_QUEUE_JOB_CHANNELS="root:1")
    with log.open("w") as output:
        process = ready.start(
            command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait_until_served(process, server.address, log)
            yield server
        finally:
            processes.stop(process)
    expected = [*ODOO_NOISE, *server.refusals]
    assert [each for each in complaints_in(log) if not any(words in each for words in expected)] == []


def _wait_until_served(process, address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/web/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"Odoo did not start:\n{log.read_text()[-2000:]}")
