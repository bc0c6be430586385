"""Two people at once: a penalty case is decided once, an assessment is posted once (SC-14, SC-17, SC-18)."""

import json
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "take_step_at_once.py"
PREPARE = Path(__file__).parent / "prepare_assessment_steps.py"
PATIENCE = 300
CASE = "SELECT id FROM rural_penalty_case WHERE description = '两人同时决定'"
ASSESSMENT = "SELECT id FROM rural_assessment WHERE state IN ('reviewed', 'posted')"
MOVES = """
    SELECT count(*) = count(DISTINCT rural_assessment_line_id) + 1
      FROM account_move WHERE rural_assessment_id = {} AND state = 'posted'"""


@pytest.fixture(scope="module")
def database(template, copy_of, tmp_path_factory):
    """A case that was heard, and an assessment that was reviewed."""
    made = copy_of(template)
    log = tmp_path_factory.mktemp("prepare") / "prepare.log"
    made.databases.shell(log, made.name, PREPARE)
    assert made.query(CASE), log.read_text()[-2000:]
    return made


@pytest.fixture
def take_at_once(database, tmp_path):
    """Return a function that lets people take their steps of a record at once; what each is told."""

    def take(record: str, **steps: list) -> list[str]:
        ready = database.databases.ready
        command = ready.odoo_command("shell", "-d", database.name, "--no-http", "--shell-interface=python")
        processes = []
        for login, step in steps.items():
            variables = {"RURAL_MEETING": str(tmp_path), "RURAL_LOGIN": login, "RURAL_RECORD": record}
            variables["RURAL_STEP"] = json.dumps(step)
            with SCRIPT.open() as source, (tmp_path / f"{login}.log").open("w") as log:
                processes.append(
                    subprocess.Popen(command, env=ready.environ(**variables), stdin=source, stdout=log, stderr=log)
                )
        for process in processes:
            process.wait(timeout=PATIENCE)
        logs = "".join((tmp_path / f"{login}.log").read_text()[-3000:] for login in steps)
        assert len(list(tmp_path.glob("*.result"))) == len(steps), logs
        return [(tmp_path / f"{login}.result").read_text() for login in steps]

    return take


def test_sc17_two_decisions_at_once_are_one(database, take_at_once):
    [case] = database.query(CASE)
    answers = take_at_once(
        f"rural.penalty.case,{case}",
        director=["_decide", "deduction", 500, 0, "先决定的为准"],
        deputy=["_decide", "warning", 0, 0, "先决定的为准"],
    )
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    decided = ["deduction|500.00|director", "warning|0.00|deputy"][answers.index("done")]
    assert database.query(
        "SELECT action, round(amount, 2), login FROM rural_penalty_case c JOIN res_users u ON u.id = decided_by_id"
        f" WHERE c.id = {case}"
    ) == [decided]


def test_sc18_two_postings_at_once_are_one(database, take_at_once):
    [assessment] = database.query(ASSESSMENT)
    answers = take_at_once(f"rural.assessment,{assessment}", qian_accountant=["_post"], qian_cashier=["_post"])
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    assert database.query(MOVES.format(assessment)) == ["t"]
