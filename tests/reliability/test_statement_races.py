"""Two people at one statement at once: one step is taken, the other is answered by what the first has left (SC-13)."""

from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare_statement_race.py"
STATE = "SELECT state, (SELECT count(*) FROM rural_fee_entry entry WHERE statement_id = statement.id) > 0 FROM "
ID = "SELECT id FROM rural_statement WHERE name = '{}'"
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
PAYMENTS = "SELECT count(*) FROM account_payment WHERE state IN ('in_process', 'paid')"


#: What somebody sees before acting, and the step, by its name below: method and arguments.
SEEN = {
    "rural.statement": ["state", "fee", "is_undisputed"],
    "rural.line.acceptance": ["state", "changes", "can_decide"],
}
STEPS = {
    "confirm": ("_confirm", []),
    "post": ("_post", []),
    "cancel": ("_cancel", ["录入有误"]),
    "object": ("dispute_ids.create", [{"text": "少算一行", "evidence": "来函 1 号"}]),
    "accept": ("action_confirm", []),
    "refuse": ("_reject", ["没有依据"]),
}


@pytest.fixture
def at_once(template, copy_of, tmp_path, take_at_once):
    """Return a function that lets two people act at once on a statement: its database, its number, their answers."""

    def act(state: str, **steps: str):
        database, made = copy_of(template), tmp_path / "number"
        variables = {"RURAL_STATE": state, "RURAL_RESULT": str(made)}
        database.databases.shell(tmp_path / "prepare.log", database.name, PREPARE, **variables)
        assert made.exists(), (tmp_path / "prepare.log").read_text()[-3000:]
        number = made.read_text()
        if number.isdecimal():
            model, record_id = "rural.line.acceptance", int(number)
        else:
            model, record_id = "rural.statement", int(*database.query(ID.format(number)))
        taken = []
        for login, step in steps.items():
            method, values = STEPS[step]
            arguments = [{**value, "statement_id": record_id} if isinstance(value, dict) else value for value in values]
            taken.append((login, f"{model},{record_id}", method, arguments, SEEN[model]))
        answers = take_at_once(database, *taken)
        assert database.query(SETTLED_TWICE) == ["0"]
        assert [float(balance) for balance in database.query(CLEARING)] == [0.0]
        return database, number, answers

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


@pytest.fixture
def pay_at_once(template, copy_of, tmp_path, take_at_once):
    """Return a function that lets an accountant pay a posted statement while somebody else acts; what came of it."""

    def act(login: str, step: str):
        database, made = copy_of(template), tmp_path / "number"
        variables = {"RURAL_STATE": "posted", "RURAL_RESULT": str(made)}
        database.databases.shell(tmp_path / "prepare.log", database.name, PREPARE, **variables)
        assert made.exists(), (tmp_path / "prepare.log").read_text()[-3000:]
        name, *dialogs = made.read_text().split()
        statement = f"rural.statement,{database.query(ID.format(name))[0]}"
        pays = [(f"account.payment.register,{dialog}", "_create_payments", [], ["amount"]) for dialog in dialogs]
        others = {"pay": pays[1], "cancel": (statement, "_cancel", ["录入有误"], ["state", "residual"])}
        answers = take_at_once(database, ("accountant", *pays[0]), (login, *others[step]))
        payments = database.query(PAYMENTS)
        before = database.databases.query(PAYMENTS, template)
        return database, name, answers, int(payments[0]) - int(before[0])

    return act


def test_sc13_two_accountants_pay_at_once(pay_at_once):
    _database, _name, answers, payments = pay_at_once("cashier", "pay")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    assert payments == 1


def test_sc14_paid_and_cancelled_at_once(pay_at_once):
    database, name, answers, payments = pay_at_once("cashier", "cancel")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    [state] = database.query(f"SELECT state FROM rural_statement WHERE name = '{name}'")
    assert (state, payments) in {("paid", 1), ("cancelled", 0)}


def test_sc12_accepted_and_refused_at_once(at_once):
    database, number, answers = at_once("exception", manager="accept", manager_2="refuse")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    [found] = database.query(
        "SELECT acceptance.state, line.outcome FROM rural_line_acceptance acceptance"
        f" JOIN rural_order_line line ON line.id = acceptance.line_id WHERE acceptance.id = {number}"
    )
    assert found == ("confirmed|accepted" if answers[0] == "done" else "refused|not_in_pool")
