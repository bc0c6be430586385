"""People at their browsers, at a server at work."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from odoo_server import Server
from person import Person, Visitor

from runtime import project

PICTURES = project.ROOT / "docs" / "images"


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
