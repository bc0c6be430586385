"""Odoo's log is clean after an install; that of the tests themselves is judged at their end, see conftest.py."""

import os
from pathlib import Path

import pytest

from runtime.odoo_log import complaints, complaints_in

LINE = "2026-11-22 04:12:30,118 7115 {} rural odoo.registry: {}"


def test_information_is_no_complaint():
    assert complaints(LINE.format("INFO", "WARNING is only a word here")) == []


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_complaint_comes_with_its_traceback(level):
    log = "\n".join([LINE.format(level, "it broke"), "Traceback", "  line", LINE.format("INFO", "went on")])
    assert complaints(log) == [LINE.format(level, "it broke") + "\nTraceback\n  line"]


def test_log_of_the_installation_is_clean():
    path = os.environ.get("RURAL_INSTALL_LOG")
    if not path:
        pytest.skip("scripts/test names the log")
    found = complaints_in(Path(path))
    assert not found, "\n".join([f"{len(found)} complaints in {path}:", *found])
