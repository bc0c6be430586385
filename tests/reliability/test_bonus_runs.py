"""Two general managers at once: what has to be corrected is paid by one run, not by both (MA-28)."""

import subprocess
from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare_bonus_runs.py"
SCRIPT = Path(__file__).parent / "approve_bonus_run.py"
PATIENCE = 300
CORRECTED = """
    SELECT count(*) FROM rural_bonus_line
     WHERE is_correction AND period = '2025-01-01' AND clause = 'MA-22' AND state = 'approved' """
STATES = """
    SELECT name, state FROM rural_bonus_run
     WHERE name IN ('2025-02', '2025-03') AND state <> 'cancelled' ORDER BY name """


@pytest.fixture
def database(template, copy_of, tmp_path):
    """Two reviewed runs that carry the same correction."""
    made = copy_of(template)
    made.databases.shell(tmp_path / "prepare.log", made.name, PREPARE)
    log = (tmp_path / "prepare.log").read_text()[-2000:]
    assert made.query(STATES) == ["2025-02|reviewed", "2025-03|reviewed"], log
    return made


def test_ma28_two_runs_approved_at_once_carry_a_correction_once(database, tmp_path):
    ready = database.databases.ready
    command = ready.odoo_command("shell", "-d", database.name, "--no-http", "--shell-interface=python")
    processes = []
    for name in ("2025-02", "2025-03"):
        variables = {"RURAL_MEETING": str(tmp_path), "RURAL_RUN": name}
        with SCRIPT.open() as source, (tmp_path / f"{name}.log").open("w") as log:
            processes.append(
                subprocess.Popen(command, env=ready.environ(**variables), stdin=source, stdout=log, stderr=log)
            )
    for process in processes:
        process.wait(timeout=PATIENCE)
    logs = "".join(path.read_text()[-3000:] for path in tmp_path.glob("2025-*.log"))
    answers = sorted(path.read_text() for path in tmp_path.glob("*.result"))
    assert len(answers) == 2, logs
    assert answers.count("approved") == 1, answers
    assert database.query(CORRECTED) == ["1"]
