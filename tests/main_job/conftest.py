"""The main job, done once by the command line; each test goes on from a copy of its database."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import main_job_files as files
import pytest

SCRIPT = Path(__file__).parent / "load_files.py"


@dataclass(frozen=True)
class MainJob:
    """What came of loading files and preparing statements."""

    database: object
    answers: dict[str, dict]
    table: Callable[..., files.Table]

    @classmethod
    def read(cls, database: object, answers: dict[str, dict], folder: Path) -> "MainJob":
        """Read the exports in a folder."""
        return cls(database, answers, lambda name, ending="csv": files.exported(folder / f"{name}.{ending}"))


@pytest.fixture(scope="session")
def load(databases, tmp_path_factory) -> Callable[..., MainJob]:
    """Return a function that loads files and prepares statements in one process, as the screens do."""

    def run(database, paths: dict[str, Path]) -> MainJob:
        folder = tmp_path_factory.mktemp("load")
        variables = {
            "RURAL_FILES": json.dumps(paths, default=str),
            "RURAL_FOLDER": str(folder),
            "RURAL_REASON": files.REASON,
        }
        databases.shell(folder / "odoo.log", database.name, SCRIPT, **variables)
        return MainJob.read(database, json.loads((folder / "answers.json").read_text()), folder)

    return run


@pytest.fixture(scope="session")
def before(template, copy_of, load) -> MainJob:
    """What the demo data of the template gives."""
    return load(copy_of(template), {})


@pytest.fixture(scope="session")
def main_job(template, copy_of, tmp_path_factory) -> MainJob:
    """The main job by the command line, from the files as they are; its database is only copied from."""
    database, folder = copy_of(template), tmp_path_factory.mktemp("main_job")
    answers = {}
    for kind, path in files.paths().items():
        answers[kind] = database.rural("load", kind, path, code=None)
        if kind in files.CONFIRMED:
            database.rural("confirm", kind, "--user", files.MANAGER, "--reason", files.REASON)
    answers["statements"] = database.rural("statements")
    for table in files.TABLES:
        path = folder / f"{table}.csv"
        assert database.rural("export", table, "--out", path)["rows"] == len(files.exported(path))
    return MainJob.read(database, answers, folder)


@pytest.fixture
def loaded(main_job, copy_of):
    """A database with the main job, to go on from."""
    return copy_of(main_job.database.name)
