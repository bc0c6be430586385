"""Files as spreadsheets and exporters really make them, and what a load makes of them."""

import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "main_job"))

import case_files
import main_job_files

SCRIPT = Path(__file__).with_name("load_cases.py")


@pytest.fixture(scope="session")
def answers(databases, template, copy_of, tmp_path_factory) -> dict:
    """What came of the files of each case, on the ground of the main job without its orders."""
    folder = tmp_path_factory.mktemp("cases")
    given = os.environ.get("RURAL_CASES")
    cases = Path(given) if given else case_files.write_all(folder / "files")
    variables = {
        "RURAL_GROUND": json.dumps({k: p for k, p in main_job_files.paths().items() if k != "orders"}, default=str),
        "RURAL_CASE_FILES": json.dumps(case_files.orders_in(cases), default=str),
        "RURAL_ANSWERS": str(folder / "answers.json"),
    }
    databases.shell(folder / "odoo.log", copy_of(template).name, SCRIPT, **variables)
    return json.loads((folder / "answers.json").read_text())
