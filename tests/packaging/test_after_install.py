"""What the service `setup` does to a new database after the installation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from passlib.hash import pbkdf2_sha512

from runtime import project
from runtime.database import Databases
from runtime.messages import Problem
from runtime.prepared import runtime

SCRIPT = project.ROOT / "docker" / "after_install.py"
NAME = "rural-after-install"


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    """Return a server that has a new database."""
    with runtime() as ready:
        databases = Databases(ready)
        databases.drop(NAME)
        databases.copy(databases.ground(), NAME)
        yield databases
        databases.drop(NAME)


def run(databases: Databases, folder: Path, secret: str) -> None:
    """Run the script with a secret in a file."""
    (folder / "secret").write_text(secret, encoding="utf-8")
    databases.shell(folder / "log", NAME, SCRIPT, ADMINISTRATOR_PASSWORD_FILE=str(folder / "secret"))


def is_password(databases: Databases, password: str) -> bool:
    """Tell whether the administrator has that password."""
    [stored] = databases.query("SELECT password FROM res_users WHERE login = 'admin'", NAME)
    return pbkdf2_sha512.verify(password, stored)


def test_short_password_is_refused_and_the_default_one_goes_once(databases, tmp_path):
    assert is_password(databases, "admin")
    with pytest.raises(Problem, match="fewer than 12 characters"):
        run(databases, tmp_path, "admin")
    assert is_password(databases, "admin")

    run(databases, tmp_path, "long enough 长\n")
    assert is_password(databases, "long enough 长")

    run(databases, tmp_path, "another long one")
    assert is_password(databases, "long enough 长")


def test_reports_find_their_styles_inside(databases, tmp_path):
    run(databases, tmp_path, "long enough 长\n")
    query = "SELECT value FROM ir_config_parameter WHERE key = 'report.url'"
    assert databases.query(query, NAME) == ["http://127.0.0.1:8069"]
