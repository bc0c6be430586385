"""Two people at a merchant's statement at once: one step is taken, and nothing is settled twice (MA-09)."""

from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare_merchant_statements.py"
STATE = "SELECT state FROM rural_merchant_statement WHERE id = {}"
SETTLED_TWICE = """
    SELECT count(*) FROM (
        SELECT line.merchant_id, line.month, line.kind, line.rate_id FROM rural_merchant_statement_line line
          JOIN rural_merchant_statement statement ON statement.id = line.statement_id
         WHERE statement.state IN ('confirmed', 'posted', 'paid') AND NOT line.is_adjustment
      GROUP BY line.merchant_id, line.month, line.kind, line.rate_id HAVING count(*) > 1) twice """
MOVES = "SELECT count(*) FROM account_move WHERE rural_merchant_statement_id = {} AND state = 'posted'"


@pytest.fixture(scope="module")
def statements(template, copy_of, tmp_path_factory):
    """A database, and the ids of a draft and of a confirmed statement."""
    folder, made = tmp_path_factory.mktemp("prepare"), copy_of(template)
    result = folder / "result"
    made.databases.shell(folder / "prepare.log", made.name, PREPARE, RURAL_RESULT=str(result))
    assert result.exists(), (folder / "prepare.log").read_text()[-3000:]
    return made, *result.read_text().split()


def test_ma09_two_managers_confirm_at_once(statements, take_at_once):
    database, draft, _confirmed = statements
    statement = f"rural.merchant.statement,{draft}"
    answers = take_at_once(database, *((login, statement, "action_confirm") for login in ("manager", "manager_2")))
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    assert database.query(STATE.format(draft)) == ["confirmed"]
    assert database.query(SETTLED_TWICE) == ["0"]


def test_ma09_posted_and_cancelled_at_once(statements, take_at_once):
    database, _draft, confirmed = statements
    statement = f"rural.merchant.statement,{confirmed}"
    answers = take_at_once(database, ("cards", statement, "_post"), ("manager_2", statement, "_cancel", ["录入有误"]))
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    found = database.query(STATE.format(confirmed)), database.query(MOVES.format(confirmed))
    assert found in ((["posted"], ["1"]), (["cancelled"], ["0"]))
    assert database.query(SETTLED_TWICE) == ["0"]
