"""A real server on a copy of the template, and people who call it past every screen."""

import itertools
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar

import pytest

from runtime import processes
from runtime.odoo_log import complaints_in

START_SECONDS = 120
NUMBERS = itertools.count(1)
#: The mail gate speaks XML-RPC and is told of addresses that nobody has; of two transactions one is repeated.
EXPECTED = (
    "endpoints are deprecated in Odoo 19",
    "No possible route",
    "could not serialize access due to concurrent update",
    "(SC-04)",
)


@dataclass(frozen=True)
class Server:
    """Odoo at work."""

    port: int
    database: str

    def person(self, login: str) -> "Caller":
        """Return somebody who has logged in."""
        return Caller(self, login)


class Caller:
    """A login that calls methods."""

    def __init__(self, server: Server, login: str) -> None:
        self.address = f"http://127.0.0.1:{server.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        answer = self._post("/web/session/authenticate", {"db": server.database, "login": login, "password": login})
        self.user = answer["result"]["uid"]

    def call(self, model: str, method: str, *arguments: object) -> object:
        """Call a method; return its result."""
        answer = self.answer(model, method, *arguments)
        assert "error" not in answer, answer["error"]["data"]["message"]
        return answer.get("result")

    def answer(self, model: str, method: str, *arguments: object) -> dict:
        """Call a method; return the whole answer, an error as well."""
        parameters = {"model": model, "method": method, "args": list(arguments), "kwargs": {}}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def _post(self, path: str, parameters: dict) -> dict:
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": next(NUMBERS), "params": parameters}).encode()
        request = urllib.request.Request(f"{self.address}{path}", body, {"Content-Type": "application/json"})
        with self.opener.open(request, timeout=60) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def server(template, copy_of, databases, tmp_path_factory) -> Iterator[Server]:
    """Odoo on a copy of the template; its log must be clean at the end."""
    database, log = copy_of(template), tmp_path_factory.mktemp("server") / "odoo.log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--http-interface=127.0.0.1", f"--http-port={port}", f"--db-filter=^{database.name}$"]
    command = databases.ready.odoo_command("-d", database.name, "--max-cron-threads=0", *options)
    environment = databases.ready.environ(ODOO_QUEUE_JOB_CHANNELS="root:0")
    with log.open("w") as output:
        process = databases.ready.start(
            command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait_until_served(process, port, log)
            yield Server(port, database.name)
        finally:
            processes.stop(process)
    assert [each for each in complaints_in(log) if not any(words in each for words in EXPECTED)] == []


def _wait_until_served(process, port, log) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"Odoo did not start:\n{log.read_text()[-2000:]}")
