"""Two accountants at once: a deposit is never overdrawn, a movement is posted once (DP-02, DP-03)."""

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "post_deposit_movement.py"
PREPARE = Path(__file__).parent / "prepare_deposit_movements.py"
PATIENCE = 300
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
NUMBER = "SELECT name FROM rural_deposit_movement WHERE document = '{}'"


@pytest.fixture
def database(template, copy_of, tmp_path):
    """A deposit of 20,000 with two deductions of 15,000, approved."""
    made = copy_of(template)
    made.databases.shell(tmp_path / "prepare.log", made.name, PREPARE)
    assert made.query(DEPOSIT) == ["20000.00|0.00|20000.00|0.00"], (tmp_path / "prepare.log").read_text()[-2000:]
    return made


@pytest.fixture
def post_at_once(database, tmp_path):
    """Return a function that lets two people post at once; what each is told."""

    def post(**movements: str) -> list[str]:
        ready, numbers = database.databases.ready, {}
        for login, document in movements.items():
            [numbers[login]] = database.query(NUMBER.format(document))
        command = ready.odoo_command("shell", "-d", database.name, "--no-http", "--shell-interface=python")
        processes = []
        for login, number in numbers.items():
            variables = {"RURAL_MEETING": str(tmp_path), "RURAL_LOGIN": login, "RURAL_MOVEMENT": number}
            with SCRIPT.open() as source, (tmp_path / f"{login}.log").open("w") as log:
                processes.append(
                    subprocess.Popen(command, env=ready.environ(**variables), stdin=source, stdout=log, stderr=log)
                )
        for process in processes:
            process.wait(timeout=PATIENCE)
        logs = "".join((tmp_path / f"{login}.log").read_text()[-3000:] for login in numbers)
        assert len(list(tmp_path.glob("*.result"))) == len(numbers), logs
        return [(tmp_path / f"{login}.result").read_text() for login in numbers]

    return post


def test_dp02_two_deductions_at_once_are_cut_to_one_balance(database, post_at_once):
    assert post_at_once(cashier="first", accountant="second") == ["posted", "posted"]
    assert database.query(DEPOSIT) == ["20000.00|20000.00|0.00|10000.00"]
    assert database.query(LIABILITY) == ["0"]


def test_dp03_one_movement_posted_by_two_at_once_is_posted_once(database, post_at_once):
    answers = post_at_once(cashier="first", accountant="first")
    assert sorted(answer == "posted" for answer in answers) == [False, True], answers
    assert database.query(DEPOSIT) == ["20000.00|15000.00|5000.00|0.00"]
    assert database.query(LIABILITY) == ["0"]
