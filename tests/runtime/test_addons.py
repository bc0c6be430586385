"""The suite's addons: lowest first, and every doctest in them holds."""

import doctest
import importlib

import pytest

from runtime import addons, project
from runtime.messages import Problem

FILES = [*project.ADDONS.rglob("*.py"), *(project.ROOT / "scripts" / "runtime").glob("*.py")]
WITH_DOCTESTS = sorted(path for path in FILES if ">>> " in path.read_text(encoding="utf-8"))


def module_name(path):
    if path.is_relative_to(project.ADDONS):
        return ".".join(("odoo.addons", *path.relative_to(project.ADDONS).with_suffix("").parts))
    return f"runtime.{path.stem}"


def test_addon_comes_after_what_it_stands_on():
    order = addons.closure(project.suite_addons())
    assert sorted(order) == project.suite_addons()
    for name in order:
        below = set(project.manifest(name)["depends"]) & set(order)
        assert below <= set(order[: order.index(name)])


def test_closure_holds_no_addon_that_is_not_needed():
    assert addons.closure(["rural_base"]) == ["rural_base"]


def test_unknown_addon_is_a_problem():
    with pytest.raises(Problem, match="no addon rural_nothing"):
        addons.closure(["rural_nothing"])


@pytest.mark.parametrize("path", WITH_DOCTESTS, ids=lambda path: str(path.relative_to(project.ROOT)))
def test_doctests(path):
    result = doctest.testmod(importlib.import_module(module_name(path)))
    assert result.attempted
    assert not result.failed
