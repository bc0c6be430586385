"""Two general managers at once: what has to be corrected is paid by one run, not by both (MA-28)."""

from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare_bonus_runs.py"
CORRECTED = """
    SELECT count(*) FROM rural_bonus_line
     WHERE is_correction AND period = '2025-01-01' AND clause = 'MA-22' AND state = 'approved' """
STATES = """
    SELECT name, state FROM rural_bonus_run
     WHERE name IN ('2025-02', '2025-03') AND state <> 'cancelled' ORDER BY name """

RUNS = "SELECT id FROM rural_bonus_run WHERE name IN ('2025-02', '2025-03') AND state = 'reviewed' ORDER BY name"


@pytest.fixture
def database(template, copy_of, tmp_path):
    """Two reviewed runs that carry the same correction."""
    made = copy_of(template)
    made.databases.shell(tmp_path / "prepare.log", made.name, PREPARE)
    log = (tmp_path / "prepare.log").read_text()[-2000:]
    assert made.query(STATES) == ["2025-02|reviewed", "2025-03|reviewed"], log
    return made


def test_ma28_two_runs_approved_at_once_carry_a_correction_once(database, take_at_once):
    runs = [f"rural.bonus.run,{run_id}" for run_id in database.query(RUNS)]
    answers = take_at_once(database, *(("gm", run, "action_confirm", [], ["line_ids.amount"]) for run in runs))
    assert len(answers) == 2
    assert answers.count("done") == 1, answers
    assert database.query(CORRECTED) == ["1"]
