"""Which addons stand on which: read from the suite's manifests."""

from collections.abc import Iterable

from runtime import project
from runtime.messages import Problem


def closure(names: Iterable[str]) -> list[str]:
    """Return the suite addons with those of the suite they stand on, lowest first."""
    known = set(project.suite_addons())
    order: list[str] = []

    def visit(name: str) -> None:
        if name not in order:
            for below in project.manifest(name).get("depends", []):
                if below in known:
                    visit(below)
            order.append(name)

    for name in sorted(names):
        if name not in known:
            raise Problem(f"There is no addon {name} in addons/.")
        visit(name)
    return order


def foreign_dependencies(suite: Iterable[str]) -> list[str]:
    """Return the addons of Odoo and OCA that these suite addons name, sorted."""
    names = list(suite)
    named = {below for name in names for below in project.manifest(name).get("depends", [])}
    return sorted(named - set(project.suite_addons()) - {"base"})
