"""What tests across addons share: databases of their own, and the command line on them."""

import itertools
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from runtime.database import Databases
from runtime.odoo_log import complaints
from runtime.prepared import runtime

pytest.register_assert_rewrite("at_work", "odoo_server")  # what they assert is told as in a test

NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """A database that a test may change."""

    name: str
    databases: Databases

    def query(self, statement: str) -> list[str]:
        """Return the rows of a query, each as psql writes it: values between bars."""
        return self.databases.query(statement, self.name)

    def rural(self, *arguments: object, code: int | None = 0) -> dict:
        """Run a command of the suite in a process of its own; return its JSON.

        The log must be free of warnings and errors, and the exit code the given one;
        None stands for 0, or 1 where rows were rejected or statements held up.
        """
        ready = self.databases.ready
        command = ready.odoo_command("rural", *map(str, arguments), "-d", self.name)
        ended = subprocess.run(
            command, env=ready.environ(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        assert ended.stdout, ended.stderr
        answer = json.loads(ended.stdout)
        wanted = int(bool(answer.get("rejected") or answer.get("held_up"))) if code is None else code
        assert ended.returncode == wanted, ended.stdout + ended.stderr
        assert complaints(ended.stderr) == []
        return answer


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The database server of this run, for as long as it lasts."""
    with runtime() as ready:
        yield Databases(ready)


@pytest.fixture(scope="session")
def copy_of(databases: Databases) -> Iterator[Callable[[str], Database]]:
    """Return a function that copies a database; the copies go at the end of the run."""
    names = []

    def copy(source: str) -> Database:
        names.append(f"{os.environ['RURAL_DATABASE']}-copy-{next(NUMBERS)}")
        databases.copy(source, names[-1])
        databases.hurry(names[-1])
        return Database(names[-1], databases)

    yield copy
    for name in names:
        databases.drop(name)


@pytest.fixture(scope="session")
def template() -> str:
    """The name of the database with the suite and its demo data."""
    name = os.environ.get("RURAL_TEMPLATE")
    if not name:
        pytest.skip("scripts/test names the template")
    return name
