"""On which floor an addon stands, and on which others: written in the READMEs as the manifests have it.

python -m runtime.floors [--fix]

An addon stands one floor above the highest that its manifest names. What another addon of the suite brings along is
not named again.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from runtime import addons, project

TABLE = re.compile(r"\| floor \| addon \| keeps \| stands on \|\n(?:\|.*\n)*")
BLOCK = r"    floor \d+ · {name}\b.*\n    .*\n"


def depends(name: str) -> list[str]:
    """Return what an addon of the suite names in its manifest."""
    return project.manifest(name).get("depends", [])


def floors(suite: Iterable[str]) -> dict[str, int]:
    """Return the floor of each addon of the suite, lowest first."""
    found: dict[str, int] = {}
    for name in addons.closure(suite):
        found[name] = max((found[below] + 1 for below in depends(name) if below in found), default=0)
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def listed(names: list[str]) -> str:
    """Return names as a sentence has them.

    >>> listed(["mail"]), listed(["mail", "hr", "survey"])
    ('mail', 'mail, hr and survey')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def table(known: dict[str, int]) -> str:
    """Return the table of the suite's addons."""
    rows = ["| floor | addon | keeps | stands on |", "| --- | --- | --- | --- |"]
    for name, floor in known.items():
        summary = project.manifest(name)["summary"]
        below = ", ".join(f"`{each}`" for each in depends(name))
        rows.append(f"| {floor} | [`{name}`](addons/{name}/README.md) | {summary} | {below} |")
    return "\n".join(rows) + "\n"


def block(name: str, known: dict[str, int]) -> str:
    """Return the two lines of an addon's README that say where it stands."""
    above = [each for each in known if name in depends(each)]
    says = f"{listed(above)} {'stand' if len(above) > 1 else 'stands'} on it" if above else "nothing stands on it"
    return f"    floor {known[name]} · {name}, on {listed(depends(name))}\n    {says}\n"


def wanted(known: dict[str, int]) -> Iterator[tuple[Path, re.Pattern, str]]:
    """Give each README, what has to be found in it, and the text that it should be."""
    yield project.ROOT / "README.md", TABLE, table(known)
    for name in known:
        yield project.ADDONS / name / "README.md", re.compile(BLOCK.format(name=name)), block(name, known)


def named_twice(name: str) -> list[str]:
    """Return what an addon names in its manifest though another addon of the suite brings it along."""
    suite = set(project.suite_addons())
    brought = set()
    for below in depends(name):
        if below in suite:
            brought |= {each for addon in addons.closure([below]) for each in depends(addon)}
    return [below for below in depends(name) if below in brought]


def complaints(*, fix: bool) -> Iterator[str]:
    """Give what is not as the manifests have it; with ``fix`` only what could not be put right."""
    known = floors(project.suite_addons())
    for name in known:
        for below in named_twice(name):
            yield f"addons/{name}/__manifest__.py: another addon that it names brings {below} along"
    for path, pattern, text in wanted(known):
        source = path.read_text(encoding="utf-8")
        found = pattern.search(source)
        where = path.relative_to(project.ROOT)
        if not found:
            yield f"{where}: does not say where it stands, as in:\n{text}"
        elif found[0] != text:
            if fix:
                path.write_text(source.replace(found[0], text), encoding="utf-8")
            else:
                yield f"{where}: is not as the manifests have it (scripts/lint --fix writes it):\n{text}"


def main() -> int:
    """Check the READMEs, or write them."""
    found = list(complaints(fix="--fix" in sys.argv))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
