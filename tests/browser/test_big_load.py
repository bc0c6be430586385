"""A big file is loaded by a job, and the screen shows how far it is."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

DATA = Path(__file__).parent / "data"
COPIES = 2_000
LOAD = "rural_service_order.menu_load_orders"
LOAD_MILLISECONDS = 90_000


@pytest.fixture
def big_file(tmp_path):
    """The county's orders, but for the faulty ones, over and over with other numbers; and how many they are."""
    with (DATA / "orders.csv").open(encoding="utf-8", newline="") as stream:
        headings, *rows = list(csv.reader(stream))[:45]
    with (tmp_path / "big.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        for copy in range(COPIES):
            writer.writerows([f"{row[0]}X{copy}", *row[1:]] for row in rows)
    return tmp_path / "big.csv", COPIES * len(rows)


def test_big_file_is_loaded_by_a_job_that_shows_its_progress(person, big_file, database):
    path, rows = big_file
    # Odoo's limit for what goes through forms is not that of files to be loaded.
    database.query("INSERT INTO ir_config_parameter (key, value) VALUES ('web.max_file_upload_size', '1000000')")
    officer = person("officer")
    officer.menu_dialog(LOAD)
    officer.choose_file(path)
    officer.go(officer.dialog.locator("button[name=action_load]"))
    officer.state("queued")
    # A machine may be so quick that it is done before the screen looks again.
    progress = officer.screen.locator("[name='rows_read']").filter(has_not_text=re.compile(r"^\s*0\s*$"))
    done = officer.screen.locator(".o_statusbar_status [data-value='done'][aria-checked='true']")
    expect(progress.or_(done)).to_be_visible(timeout=LOAD_MILLISECONDS)
    officer.picture("load-in-progress")
    officer.state("done", LOAD_MILLISECONDS)
    assert officer.number("new_count") == officer.number("row_count") == rows
