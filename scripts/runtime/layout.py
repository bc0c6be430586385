#!/usr/bin/env python3
"""How XML, JavaScript and style sheets are laid out: four spaces a level, no trash at line ends.

scripts/runtime/layout.py [--fix] FOLDER…
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

INDENT = 4
WIDTH = 120
SUFFIXES = {".xml", ".js", ".scss", ".css"}


def wanted_indents(source: str) -> dict[int, int]:
    """Return, by line number, where a tag that begins its line should stand.

    >>> wanted_indents("<odoo>\\n  <data/>\\n</odoo>")
    {1: 0, 2: 4, 3: 0}
    """
    lines = source.splitlines()
    wanted: dict[int, int] = {}
    depth = 0
    parser = expat.ParserCreate()

    def note(level: int) -> None:
        number, column = parser.CurrentLineNumber, parser.CurrentColumnNumber
        if not lines[number - 1][:column].strip():
            wanted.setdefault(number, level * INDENT)

    def start(_name: str, _attributes: dict) -> None:
        nonlocal depth
        note(depth)
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1
        note(depth)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(source.encode(), True)
    return wanted


def line_complaints(source: str) -> Iterator[tuple[int, str]]:
    """Yield what any text file should not have, by line number."""
    for number, line in enumerate(source.split("\n"), 1):
        if "\t" in line:
            yield number, "a tab"
        if line != line.rstrip():
            yield number, "space at the end of the line"
    if not source.endswith("\n") or source.endswith("\n\n"):
        yield source.count("\n") + 1, "the file should end with one line end"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def xml_complaints(source: str) -> Iterator[tuple[int, str]]:
    """Yield where an XML file is not well-formed or a tag stands elsewhere than its depth says."""
    try:
        wanted = wanted_indents(source)
    except expat.ExpatError as error:
        yield error.lineno, f"not well-formed: {expat.errors.messages[error.code]}"
        return
    lines = source.splitlines()
    for number, indent in wanted.items():
        if _indent(lines[number - 1]) != indent:
            yield number, f"a tag stands at column {_indent(lines[number - 1])} instead of {indent}"


def code_complaints(source: str) -> Iterator[tuple[int, str]]:
    """Yield where a line of JavaScript or a style sheet is not indented by whole steps."""
    comment = False
    for number, line in enumerate(source.splitlines(), 1):
        if not comment and line.strip() and _indent(line) % INDENT:
            yield number, f"indented by {_indent(line)}"
        if len(line) > WIDTH:
            yield number, f"longer than {WIDTH} characters"
        comment = "*/" not in line if comment else bool(re.search(r"/\*(?!.*\*/)", line))


def complaints(path: Path) -> list[tuple[int, str]]:
    """Return what is wrong with the layout of a file."""
    source = path.read_text(encoding="utf-8")
    special = xml_complaints if path.suffix == ".xml" else code_complaints
    return sorted([*line_complaints(source), *special(source)])


def tidy(source: str, *, xml: bool) -> str:
    """Return the text with blanks and, in XML, indentation put right; broken XML stays as it is.

    >>> tidy("<odoo> \\n  <data\\n    id='x'/>\\n</odoo>\\n\\n", xml=True)
    "<odoo>\\n    <data\\n      id='x'/>\\n</odoo>\\n"
    """
    lines = [line.rstrip() for line in source.rstrip().splitlines()]
    try:
        wanted = wanted_indents("\n".join(lines)) if xml else {}
    except expat.ExpatError:
        wanted = {}
    shift = 0
    for index, line in enumerate(lines):
        if index + 1 in wanted:
            shift = wanted[index + 1] - _indent(line)
        if wanted and line:
            lines[index] = " " * max(0, _indent(line) + shift) + line.lstrip()
    return "\n".join(lines) + "\n"


def main() -> int:
    """Check, or put in order, the files below the folders."""
    fix = "--fix" in sys.argv
    folders = [Path(name) for name in sys.argv[1:] if name != "--fix"]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)
    own = [path for path in files if "lib" not in path.parts]
    found = 0
    for path in own:
        if fix:
            path.write_text(tidy(path.read_text(encoding="utf-8"), xml=path.suffix == ".xml"), encoding="utf-8")
        for number, text in complaints(path):
            found += 1
            print(f"{path}:{number}: {text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
