"""Odoo's own robot clicks through every menu of the suite, each filter and view; the browser's console stays clean."""

import os
import subprocess
import time

import pytest
from odoo_server import free_port

from runtime import processes, project
from runtime.database import Databases
from runtime.odoo_log import complaints_in
from runtime.prepared import runtime

LONGEST_SECONDS = 1200
RESULT = " tests when loading database "
CLEAN = "0 failed, 0 error(s) of 1 tests when loading database "
#: The robot need not see Odoo's own menus; those above ours stay, which lead there.
HIDE_OTHER_MENUS = """
    WITH suite AS (SELECT menu.parent_path
                     FROM ir_ui_menu menu
                     JOIN ir_model_data name ON name.model = 'ir.ui.menu' AND name.res_id = menu.id
                    WHERE name.module IN ({addons}))
    UPDATE ir_ui_menu menu SET active = FALSE
     WHERE active AND NOT EXISTS (SELECT 1 FROM suite WHERE starts_with(suite.parent_path, menu.parent_path))
 RETURNING id """


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
    log, database = tmp_path / "click.log", f"{os.environ['RURAL_DATABASE']}-click"
    with runtime() as ready:
        databases = Databases(ready)
        databases.copy(template, database)
        databases.hurry(database)
        try:
            addons = ", ".join(f"'{name}'" for name in project.suite_addons())
            assert databases.query(HIDE_OTHER_MENUS.format(addons=addons), database)
            run_robot(ready, database, log)
        finally:
            databases.drop(database)
    found = complaints_in(log)
    assert not found, "\n\n".join(complaint[:1500] for complaint in found[:5])
    assert CLEAN in log.read_text()
