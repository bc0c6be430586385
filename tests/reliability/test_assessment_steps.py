"""Two people at once: a penalty case is decided once, an assessment is posted once (SC-14, SC-17, SC-18)."""

from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare_assessment_steps.py"
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


def test_sc17_two_decisions_at_once_are_one(database, take_at_once):
    [case] = database.query(CASE)
    case_record = f"rural.penalty.case,{case}"
    answers = take_at_once(
        database,
        ("director", case_record, "_decide", ["deduction", 500, 0, "先决定的为准"]),
        ("deputy", case_record, "_decide", ["warning", 0, 0, "先决定的为准"]),
    )
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    decided = ["deduction|500.00|director", "warning|0.00|deputy"][answers.index("done")]
    assert database.query(
        "SELECT action, round(amount, 2), login FROM rural_penalty_case c JOIN res_users u ON u.id = decided_by_id"
        f" WHERE c.id = {case}"
    ) == [decided]


def test_sc18_two_postings_at_once_are_one(database, take_at_once):
    [assessment] = database.query(ASSESSMENT)
    people = ("qian_accountant", "qian_cashier")
    answers = take_at_once(database, *((login, f"rural.assessment,{assessment}", "_post") for login in people))
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    assert database.query(MOVES.format(assessment)) == ["t"]
