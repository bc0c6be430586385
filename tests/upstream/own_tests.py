"""A plugin of pytest that runs what Odoo itself would run of an addon's tests, and writes down what became of each."""

import json
import os
from pathlib import Path


def pytest_collection_modifyitems(config, items):
    """Leave out classes that a module only imports, and those that are not of the usual run."""
    kept = [item for item in items if _is_own(item) and _is_usual(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_runtest_logreport(report):
    """Add a line of JSON to the file that UPSTREAM_OUTCOMES names."""
    if report.failed or (report.passed and report.when == "call"):
        line = {"test": _name(report.nodeid), "failed": report.failed, "reason": report.longreprtext[-1500:]}
        with Path(os.environ["UPSTREAM_OUTCOMES"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _is_own(item) -> bool:
    return item.cls is None or item.cls.__module__ == item.module.__name__


def _is_usual(item) -> bool:
    return "standard" in getattr(item.cls, "test_tags", {"standard"})


def _name(nodeid: str) -> str:
    """Return addon, file, class and method with dots between: `payroll.test_flow.TestFlow.test_one`."""
    path, *names = nodeid.split("::")
    folder, _tests, file = path.removesuffix(".py").rpartition("/tests/")
    return ".".join((folder.rpartition("/")[2], *file.split("/"), *names))
