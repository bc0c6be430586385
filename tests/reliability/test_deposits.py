"""Two accountants at once: a deposit is never overdrawn, a movement is posted once (DP-02, DP-03)."""

from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare_deposit_movements.py"
DEPOSIT = """
    SELECT deposit.collected, deposit.deducted, deposit.balance, deposit.receivable
      FROM rural_deposit deposit JOIN rural_deposit_movement movement ON movement.deposit_id = deposit.id
     WHERE movement.document = 'first' """
LIABILITY = """
    SELECT count(*)
      FROM rural_deposit deposit
      JOIN res_company company ON company.id = deposit.company_id
     WHERE (SELECT COALESCE(sum(balance), 0) FROM rural_deposit WHERE partner_id = deposit.partner_id)
           <> (SELECT COALESCE(-sum(item.balance), 0) FROM account_move_line item
                WHERE item.account_id = company.rural_deposit_account_id AND item.parent_state = 'posted'
                      AND item.partner_id = deposit.partner_id) """
MOVEMENT = "SELECT id FROM rural_deposit_movement WHERE document = '{}'"


@pytest.fixture
def database(template, copy_of, tmp_path):
    """A deposit of 20,000 with two deductions of 15,000, approved."""
    made = copy_of(template)
    made.databases.shell(tmp_path / "prepare.log", made.name, PREPARE)
    assert made.query(DEPOSIT) == ["20000.00|0.00|20000.00|0.00"], (tmp_path / "prepare.log").read_text()[-2000:]
    return made


@pytest.fixture
def post_at_once(database, take_at_once):
    """Return a function that lets two people post at once; what each is told."""

    def post(**movements: str) -> list[str]:
        steps = []
        for login, document in movements.items():
            [movement] = database.query(MOVEMENT.format(document))
            steps.append((login, f"rural.deposit.movement,{movement}", "_post", [], ["deposit_id.balance"]))
        return take_at_once(database, *steps)

    return post


def test_dp02_two_deductions_at_once_are_cut_to_one_balance(database, post_at_once):
    assert post_at_once(cashier="first", accountant="second") == ["done", "done"]
    assert database.query(DEPOSIT) == ["20000.00|20000.00|0.00|10000.00"]
    assert database.query(LIABILITY) == ["0"]


def test_dp03_one_movement_posted_by_two_at_once_is_posted_once(database, post_at_once):
    answers = post_at_once(cashier="first", accountant="first")
    assert sorted(answer == "done" for answer in answers) == [False, True], answers
    assert database.query(DEPOSIT) == ["20000.00|15000.00|5000.00|0.00"]
    assert database.query(LIABILITY) == ["0"]
