"""The tests that Odoo and OCA ship with their addons, run on a database of one's own."""

import csv
import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
#: The tests suppose that English is the only language, and that the logins which they make up are free.
PREPARE = """
    UPDATE res_lang SET active = code = 'en_US';
    UPDATE res_partner SET lang = 'en_US', tz = NULL;
    DELETE FROM ir_default USING ir_model_fields field
     WHERE field.id = field_id AND field.model = 'res.partner' AND field.name IN ('lang', 'tz');
    UPDATE res_users SET login = 'demo-' || login
     WHERE id NOT IN (SELECT res_id FROM ir_model_data WHERE model = 'res.users' AND module NOT LIKE 'rural%') """


@dataclass(frozen=True)
class Outcomes:
    """What became of an addon's tests, each named as in ``known_failures.csv``."""

    passed: frozenset[str]
    failed: dict[str, str]

    def of(self, addon: str) -> "Outcomes":
        """Return those of one addon."""
        start = f"{addon}."
        return Outcomes(
            frozenset(name for name in self.passed if name.startswith(start)),
            {name: reason for name, reason in self.failed.items() if name.startswith(start)},
        )


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of this folder's data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def addons(speed: str) -> list[str]:
    """Return the addons whose tests are quick or slow."""
    return [row["addon"] for row in rows("addons.csv") if row["speed"] == speed]


def run(database, names: list[str], folder: Path, only: Iterable[str] = ()) -> Outcomes:
    """Run the tests of addons on a database; ``only`` those of these names, if there are any."""
    database.query(PREPARE)
    ready = database.databases.ready
    written = folder / "outcomes"
    settings = (f"logfile={folder / 'odoo.log'}", "load=base,rpc,web", f"db-filter=^{database.name}$")
    command = [
        ready.program("python"),
        "-P",
        "-m",
        "pytest",
        "--rootdir=/",
        "-p",
        "own_tests",
        "-p",
        "no:cacheprovider",
    ]
    command += ["--odoo-http", f"--odoo-database={database.name}", "--odoo-log-level=warn"]
    command += [f"--odoo-extra={setting}" for setting in settings]
    command += [path for name in names for path in files_of(ready, name)]
    if only:
        command += ["-k", " or ".join(name.rpartition(".")[2] for name in only)]
    # What this run of pytest is told is not meant for that one.
    variables = {name: value for name, value in ready.environ().items() if not name.startswith("PYTEST_")}
    variables |= {"PYTHONPATH": str(Path(__file__).parent), "UPSTREAM_OUTCOMES": str(written)}
    variables |= {"ODOO_QUEUE_JOB_CHANNELS": "root:0"}
    command = [str(part) for part in command]
    ended = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stdout[-3000:] + ended.stderr[-3000:]
    return outcomes_in(written)


def files_of(ready, addon: str) -> list[object]:
    """Return the files of an addon's tests that are run, in the environment or in Odoo's tree."""
    installed = ready.venv.glob("lib/python*/site-packages/odoo/addons")
    places = [*installed, ready.odoo / "odoo" / "addons", ready.odoo / "addons"]
    folder = next(place / addon / "tests" for place in places if (place / addon / "tests").is_dir())
    [left_out] = [row["left_out"].split() for row in rows("addons.csv") if row["addon"] == addon]
    return [folder, *(f"--ignore={folder / name}" for name in left_out)]


def outcomes_in(written: Path) -> Outcomes:
    """Read what the plugin wrote; a test that fails while it ends has failed."""
    lines = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    failed = {line["test"]: line["reason"] for line in lines if line["failed"]}
    return Outcomes(frozenset(line["test"] for line in lines) - set(failed), failed)
