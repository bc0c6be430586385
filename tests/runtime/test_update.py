"""Updating every addon of the suite leaves no warning or error in Odoo's log."""

import os

import pytest

from runtime import project
from runtime.database import Databases
from runtime.odoo_log import complaints_in
from runtime.prepared import runtime


def test_update_is_clean(tmp_path):
    template = os.environ.get("RURAL_TEMPLATE")
    if not template:
        pytest.skip("scripts/test names the template")
    log, database = tmp_path / "update.log", f"rural-update-{os.getpid()}"
    with runtime() as ready:
        databases = Databases(ready)
        databases.copy(template, database)
        try:
            names = ",".join(project.suite_addons())
            databases.odoo(log, "-d", database, "-u", names, "--no-http", "--stop-after-init")
        finally:
            databases.drop(database)
    assert complaints_in(log) == []
