"""Two people at one statement at once: one step is taken, the other is answered by what the first has left (SC-13)."""

import subprocess
from pathlib import Path

import pytest

STEP = Path(__file__).parent / "take_statement_step.py"
PREPARE = Path(__file__).parent / "prepare_statement_race.py"
PATIENCE = 300
STATE = "SELECT state, (SELECT count(*) FROM rural_fee_entry entry WHERE statement_id = statement.id) > 0 FROM "
STATEMENT = STATE + "rural_statement statement WHERE name = '{}'"
SETTLED_TWICE = """
    SELECT count(*) FROM (
        SELECT entry.line_id, entry.center_id, entry.supplier_id FROM rural_fee_entry entry
          JOIN rural_statement statement ON statement.id = entry.statement_id
         WHERE statement.state IN ('confirmed', 'posted', 'paid') AND entry.kind = 'fee'
      GROUP BY 1, 2, 3 HAVING count(*) > 1) twice """
POSTED = """
    SELECT count(*) FILTER (WHERE move.move_type = 'entry') FROM account_move move
      JOIN rural_statement statement ON statement.id = move.rural_statement_id
     WHERE statement.name = '{}' AND move.state = 'posted' """
CLEARING = """
    SELECT COALESCE(sum(item.balance), 0) FROM account_move_line item
      JOIN res_company company ON company.rural_fee_clearing_account_id = item.account_id
     WHERE item.parent_state = 'posted' """


@pytest.fixture
def at_once(template, copy_of, tmp_path):
    """Return a function that lets two people act at once on a statement: its database, its number, their answers."""

    def act(state: str, **steps: str):
        database = copy_of(template)
        ready, number = database.databases.ready, tmp_path / "number"
        variables = {"RURAL_STATE": state, "RURAL_RESULT": str(number)}
        database.databases.shell(tmp_path / "prepare.log", database.name, PREPARE, **variables)
        assert number.exists(), (tmp_path / "prepare.log").read_text()[-3000:]
        command = ready.odoo_command("shell", "-d", database.name, "--no-http", "--shell-interface=python")
        processes = []
        for login, step in steps.items():
            variables = {
                "RURAL_MEETING": str(tmp_path),
                "RURAL_LOGIN": login,
                "RURAL_STATEMENT": number.read_text(),
                "RURAL_STEP": step,
            }
            with STEP.open() as source, (tmp_path / f"{login}.log").open("w") as log:
                processes.append(
                    subprocess.Popen(command, env=ready.environ(**variables), stdin=source, stdout=log, stderr=log)
                )
        for process in processes:
            process.wait(timeout=PATIENCE)
        logs = "".join((tmp_path / f"{login}.log").read_text()[-3000:] for login in steps)
        assert len(list(tmp_path.glob("*.result"))) == len(steps), logs
        answers = [(tmp_path / f"{login}.result").read_text() for login in steps]
        assert database.query(SETTLED_TWICE) == ["0"]
        assert [float(balance) for balance in database.query(CLEARING)] == [0.0]
        return database, number.read_text(), answers

    return act


def test_sc13_two_managers_confirm_at_once(at_once):
    database, number, answers = at_once("draft", manager="confirm", manager_2="confirm")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    assert database.query(STATEMENT.format(number)) == ["confirmed|t"]


def test_sc14_posted_and_cancelled_at_once(at_once):
    database, number, answers = at_once("confirmed", accountant="post", manager_2="cancel")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    [found] = database.query(STATEMENT.format(number))
    [moves] = database.query(POSTED.format(number))
    assert (found, moves) in {("posted|t", "1"), ("cancelled|t", "0")}


def test_sc13_posted_and_objected_to_at_once(at_once):
    database, number, answers = at_once("confirmed", accountant="post", officer="object")
    [found] = database.query(STATEMENT.format(number))
    [objections] = database.query(
        "SELECT count(*) FROM rural_statement_dispute dispute JOIN rural_statement statement"
        f" ON statement.id = dispute.statement_id WHERE statement.name = '{number}'"
    )
    # Whoever objects comes in either way: before the posting it stops it, after it counts as an adjustment.
    assert (answers[1], objections) == ("done", "1")
    assert found == ("posted|t" if answers[0] == "done" else "confirmed|t")


def test_sc12_accepted_and_refused_at_once(at_once):
    database, number, answers = at_once("exception", manager="accept", manager_2="refuse")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    [found] = database.query(
        "SELECT acceptance.state, line.outcome FROM rural_line_acceptance acceptance"
        f" JOIN rural_order_line line ON line.id = acceptance.line_id WHERE acceptance.id = {number}"
    )
    assert found == ("confirmed|accepted" if answers[0] == "done" else "refused|not_in_pool")
