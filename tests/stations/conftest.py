"""The files of a county's stations, loaded once in each form into a company of their own."""

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest
import stations_files as files

SCRIPT = Path(__file__).parent / "load_files.py"


@dataclass(frozen=True)
class Loaded:
    """A database with the files, what came of each load, and the folder with its exports."""

    database: object
    answers: dict[str, dict]
    folder: Path


@pytest.fixture(scope="session")
def load(databases, template, copy_of, tmp_path_factory) -> Callable[[str], Loaded]:
    """Return a function that loads the files in a form, CSV or XLSX, into a copy of the template."""

    def run(form: str) -> Loaded:
        database, folder = copy_of(template), tmp_path_factory.mktemp(form)
        variables = {
            "RURAL_STEPS": json.dumps([astuple(step) for step in files.steps()]),
            "RURAL_FILES": json.dumps(files.paths(folder, form), default=str),
            "RURAL_TABLES": json.dumps(list(files.TABLES)),
            "RURAL_FOLDER": str(folder),
        }
        databases.shell(folder / "odoo.log", database.name, SCRIPT, **variables)
        return Loaded(database, json.loads((folder / "answers.json").read_text()), folder)

    return run


@pytest.fixture(scope="session", params=["CSV", "XLSX"])
def loaded(request, load) -> Loaded:
    """Everything loaded from files of one form."""
    return load(request.param)
