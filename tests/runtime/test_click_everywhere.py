"""Odoo's own robot clicks through every menu, filter and view, and the browser's console stays clean."""

import os
import subprocess
import time

import pytest
from odoo_server import free_port

from runtime import processes
from runtime.database import Databases
from runtime.odoo_log import complaints_in
from runtime.prepared import runtime

LONGEST_SECONDS = 1200
RESULT = " tests when loading database "
CLEAN = "0 failed, 0 error(s) of 1 tests when loading database "


def run_robot(ready, database, log):
    """Run the robot until it has told its result; Odoo is not given time to linger at its end."""
    options = ["--test-tags=click_all/web:TestMenusAdmin", f"--http-port={free_port()}", f"--db-filter=^{database}$"]
    command = ready.odoo_command("-d", database, *options, "--stop-after-init")
    deadline = time.monotonic() + LONGEST_SECONDS
    with log.open("w") as output:
        process = ready.start(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            while RESULT not in log.read_text() and process.poll() is None and time.monotonic() < deadline:
                time.sleep(1)
        finally:
            processes.stop(process)


def test_every_menu_opens(tmp_path):
    template = os.environ.get("RURAL_TEMPLATE")
    if not template:
        pytest.skip("scripts/test names the template")
    log, database = tmp_path / "click.log", f"rural-click-{os.getpid()}"
    with runtime() as ready:
        databases = Databases(ready)
        databases.copy(template, database)
        databases.hurry(database)
        try:
            run_robot(ready, database, log)
        finally:
            databases.drop(database)
    found = complaints_in(log)
    assert not found, "\n\n".join(complaint[:1500] for complaint in found[:5])
    assert CLEAN in log.read_text()
