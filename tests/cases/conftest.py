"""Files as spreadsheets and exporters really make them, and what a load makes of them."""

import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "main_job"))

import case_files
import main_job_files
import profile_files

SCRIPT = Path(__file__).with_name("load_cases.py")


#: A merchant's terminal and a day on which it stood there at an agreed rate, of the demo data.
TERMINAL = """
    SELECT merchant.code, terminal.number,
           to_char(GREATEST(terminal.installed_on, rate.valid_from), 'YYYY-MM-DD 10:00:00')
      FROM rural_merchant_terminal AS terminal
      JOIN rural_merchant AS merchant ON merchant.id = terminal.merchant_id
      JOIN rural_merchant_rate AS rate ON rate.merchant_id = merchant.id AND rate.kind_key = 1
     WHERE merchant.company_id = 1 AND GREATEST(terminal.installed_on, rate.valid_from)
           <= LEAST(COALESCE(terminal.removed_on, CURRENT_DATE - 1), COALESCE(rate.valid_to, CURRENT_DATE - 1))
  ORDER BY merchant.code LIMIT 1
"""
TYPE = "SELECT name ->> 'en_US' FROM rural_merchant_type WHERE active ORDER BY id LIMIT 1"


@pytest.fixture(scope="session")
def ground(copy_of, template):
    """A database of the suite with its demo data."""
    return copy_of(template)


@pytest.fixture(scope="session")
def profile_cases(ground) -> dict[str, profile_files.Case]:
    """The cases of every profile."""
    [terminal], [merchant_type] = ground.query(TERMINAL), ground.query(TYPE)
    merchant, number, time = terminal.split("|")
    return profile_files.cases({"type": merchant_type, "merchant": merchant, "terminal": number, "time": time})


@pytest.fixture(scope="session")
def answers(databases, ground, profile_cases, tmp_path_factory) -> dict:
    """What came of the files of each case, on the ground of the main job without its orders."""
    folder = tmp_path_factory.mktemp("cases")
    given = os.environ.get("RURAL_CASES")
    cases = Path(given) if given else case_files.write_all(folder / "files")
    files = {
        case: [["orders", str(path)] for path in paths] for case, paths in case_files.orders_in(cases).items()
    } | profile_files.write_all(folder / "profiles", profile_cases)
    (folder / "files.json").write_text(json.dumps(files))
    variables = {
        "RURAL_GROUND": json.dumps({k: p for k, p in main_job_files.paths().items() if k != "orders"}, default=str),
        "RURAL_REASON": main_job_files.REASON,
        "RURAL_CASE_FILES": str(folder / "files.json"),
        "RURAL_ANSWERS": str(folder / "answers.json"),
    }
    databases.shell(folder / "odoo.log", ground.name, SCRIPT, **variables)
    return json.loads((folder / "answers.json").read_text())
