"""A real server on a copy of the template, and people who call it past every screen."""

import itertools
import json
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar

import pytest
from odoo_server import Server, serving

NUMBERS = itertools.count(1)
#: The mail gate speaks XML-RPC and is told of addresses that nobody has; of two transactions one is repeated.
EXPECTED = [
    "endpoints are deprecated in Odoo 19",
    "No possible route",
    "could not serialize access due to concurrent update",
    "(SC-04)",
]


class Caller:
    """A login that calls methods."""

    def __init__(self, server: Server, login: str) -> None:
        self.address = server.address
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
def server(template, copy_of, tmp_path_factory) -> Iterator[Server]:
    """Odoo on a copy of the template; its log must be clean at the end."""
    with serving(copy_of(template), tmp_path_factory.mktemp("server") / "odoo.log") as server:
        server.refusals += EXPECTED
        yield server


@pytest.fixture(scope="module")
def caller(server) -> Callable[[str], Caller]:
    """Return a function that brings somebody who has logged in."""
    return lambda login: Caller(server, login)
