"""Odoo's own robot clicks through every menu of the suite as those who work there: each filter and view.

The browser's console stays clean.
"""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from odoo_server import free_port

from runtime import processes, project
from runtime.database import Databases
from runtime.odoo_log import complaints_in
from runtime.prepared import runtime

CLICK_AS = Path(__file__).parents[1] / "odoo_click_as.py"
LONGEST_SECONDS = 1200
RESULT = " tests when loading database "
CLEAN = "0 failed, 0 error(s) of 1 tests when loading database "
#: Who clicks through an app: those of the demo data who see the most of it, and those who see what these do not.
LOGINS = {
    "rural_base.menu_home": ["officer"],
    "rural_base.menu_data": ["operations", "admin"],
    "rural_product_pool.menu_products": ["operations"],
    "rural_service_center.menu_centers": ["area"],
    "rural_service_order.menu_orders_and_settlement": ["officer"],
    "rural_complaint.menu_complaints": ["complaint", "complaint_head", "gm"],
    "rural_merchant.menu_merchants": ["recruiting", "officer"],
    "rural_account.menu_payments": ["officer"],
    "rural_recruiter_bonus.menu_bonus": ["payroll", "director"],
    "rural_dashboard.menu_boards": ["director"],
    "rural_station.menu_stations": ["director"],
    "rural_training.menu_training": ["operations"],
}
#: The settings of an app are the administrator's.
TO_CLICK = """
    SELECT name.module || '.' || name.name
      FROM ir_ui_menu menu
      JOIN ir_model_data name ON name.model = 'ir.ui.menu' AND name.res_id = menu.id
     WHERE menu.active AND menu.action IS NOT NULL AND name.module IN ({addons})
       AND menu.action NOT IN (SELECT 'ir.actions.act_window,' || id
                                 FROM ir_act_window WHERE res_model = 'res.config.settings') """
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
    command = [str(ready.program("python")), str(CLICK_AS), json.dumps(LOGINS), *command[1:]]
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
            menus = databases.query(TO_CLICK.format(addons=addons), database)
            run_robot(ready, database, log)
        finally:
            databases.drop(database)
    found = complaints_in(log)
    assert not found, "\n\n".join(complaint[:1500] for complaint in found[:5])
    assert CLEAN in log.read_text()
    clicked = {
        name for line in log.read_text().splitlines() if line.startswith("Clicked: ") for name in line.split()[1:]
    }
    assert sorted(set(menus) - clicked) == []
