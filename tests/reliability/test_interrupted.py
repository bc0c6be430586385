"""What happens when a load is killed, and when two people do the same thing at once (SC-15)."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
sys.path.insert(0, str(Path(__file__).parents[1] / "main_job"))
from main_job_files import REASON
from orders import write_files

LINES = 30_000
COUNTIES = "SELECT code FROM rural_region WHERE level = 'county' AND code LIKE '42%' ORDER BY code"
LOADED = (
    "SELECT count(*), count(DISTINCT (order_number, line_number)) FROM rural_order_line WHERE order_number LIKE 'BDD%'"
)
PATIENCE = 120


@pytest.fixture(scope="module")
def prepared(template, copy_of):
    """A database with made-up centers and pool."""
    return copy_of(template)


@pytest.fixture(scope="module")
def orders(prepared, tmp_path_factory):
    """A big file of orders for it."""
    paths = write_files(tmp_path_factory.mktemp("orders"), prepared.query(COUNTIES), LINES)
    for kind in ("centers", "pool"):
        prepared.rural("load", kind, paths[kind])
        prepared.rural("confirm", kind, "--user", "director", "--reason", REASON)
    return paths["orders"]


@pytest.fixture
def database(prepared, orders, copy_of):
    """A database of the test's own."""
    return copy_of(prepared.name)


def start(database, *arguments):
    """Start a command of the suite and go on."""
    ready = database.databases.ready
    command = ready.odoo_command("rural", *map(str, arguments), "-d", database.name)
    return subprocess.Popen(
        command,
        env=ready.environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process):
    """Wait for a command; its exit code and answer."""
    output, errors = process.communicate(timeout=PATIENCE)
    assert output, errors
    return process.returncode, json.loads(output)


def wait_until(condition):
    """Wait until something is true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_sc15_killed_load_leaves_nothing_and_can_be_run_again(database, orders):
    runs = "SELECT count(*) FROM rural_load_run WHERE file_name = 'orders.csv'"
    before = database.query(runs)
    loading = start(database, "load", "orders", orders)
    wait_until(lambda: database.query("SELECT rows_read FROM rural_load_progress"))
    loading.send_signal(signal.SIGKILL)
    loading.communicate()
    backends = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{database.name}' AND pid <> pg_backend_pid()"
    wait_until(lambda: not database.query(backends))

    assert database.query(LOADED) == ["0|0"]
    assert database.query(runs) == before
    assert database.rural("load", "orders", orders)["new"] == LINES
    assert database.query(LOADED) == [f"{LINES}|{LINES}"]


def test_sc15_two_loads_of_the_same_file_at_once_bring_it_in_once(database, orders):
    results = [ended(process) for process in [start(database, "load", "orders", orders) for _each in range(2)]]

    codes = sorted(code for code, _answer in results)
    assert codes in ([0, 0], [0, 2]), results
    for code, answer in results:
        # Whoever comes while the other loads is told so; whoever comes after finds nothing to do.
        assert code == 0 or "error" in answer
    assert sum(answer.get("new", 0) for _code, answer in results) == LINES
    assert database.query(LOADED) == [f"{LINES}|{LINES}"]


def test_sc13_two_confirmations_at_once_close_the_month_once(database, orders):
    database.rural("load", "orders", orders)
    database.rural("statements")
    confirm = ("statements", "--month", "2022-01", "--confirm")
    results = [ended(process) for process in [start(database, *confirm) for _each in range(2)]]

    assert 0 in [code for code, _answer in results], results
    once = """
        SELECT count(*) = count(DISTINCT (entry.line_id, entry.center_id, entry.supplier_id)), count(*) > 0
          FROM rural_fee_entry entry JOIN rural_statement statement ON statement.id = entry.statement_id
         WHERE statement.month = '2022-01-01'"""
    assert database.query(once) == ["t|t"]
    totals = """
        SELECT count(*) FROM rural_statement statement
         WHERE month = '2022-01-01' AND state <> 'cancelled'
               AND fee <> (SELECT sum(fee) FROM rural_fee_entry WHERE statement_id = statement.id)"""
    assert database.query(totals) == ["0"]
