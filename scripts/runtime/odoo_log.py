"""Reading Odoo's log: which lines say that something is wrong."""

import re
from pathlib import Path

LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ \S+: ")
BAD = {"WARNING", "ERROR", "CRITICAL"}


def complaints(text: str) -> list[str]:
    """Return the warnings and errors in a log, each with the lines that belong to it.

    >>> complaints("2026-01-02 03:04:05,678 9 INFO db odoo.x: fine\\nmore")
    []
    >>> complaints("2026-01-02 03:04:05,678 9 WARNING db odoo.x: no\\nTraceback")
    ['2026-01-02 03:04:05,678 9 WARNING db odoo.x: no\\nTraceback']
    """
    entries: list[str] = []
    bad = False
    for line in text.splitlines():
        if match := LINE.match(line):
            bad = match["level"] in BAD
            if bad:
                entries.append(line)
        elif bad:
            entries[-1] += f"\n{line}"
    return entries


def complaints_in(log: Path) -> list[str]:
    """Return the warnings and errors in a log file."""
    return complaints(log.read_text(encoding="utf-8", errors="replace"))
