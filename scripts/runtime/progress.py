"""Signs of life from work that takes minutes: a line that changes, or one now and then in a log."""

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from runtime.messages import say

SECONDS = 1.0 if sys.stderr.isatty() else 20.0
MODULE = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
READ_BYTES = 200_000


@contextmanager
def showing(state: Callable[[], str]) -> Iterator[None]:
    """Show how far a piece of work is, as ``state`` puts it, for as long as it lasts."""
    finished = threading.Event()
    thread = threading.Thread(target=_show, args=(state, finished), daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _show(state: Callable[[], str], finished: threading.Event) -> None:
    shown = ""
    while not finished.wait(SECONDS):
        text = state()
        if text and text != shown:
            shown = text
            _print(text)
    if shown and sys.stderr.isatty():
        _print("")


def _print(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K  {text}" if text else "\r\033[K")
        sys.stderr.flush()
    else:
        say(f"  {text}")


def modules_in(log: Path) -> str:
    """Return how many modules Odoo has loaded, as its log says last."""
    if not log.exists():
        return ""
    with log.open("rb") as handle:
        handle.seek(max(0, log.stat().st_size - READ_BYTES))
        found = MODULE.findall(handle.read().decode(errors="replace"))
    return "{1} of {2} modules: {0}".format(*found[-1]) if found else ""


def size_of(folder: Path) -> str:
    """Return how much lies in a folder."""
    total = 0
    for place, _folders, files in os.walk(folder):  # which passes over a folder that has gone meanwhile
        for name in files:
            with suppress(FileNotFoundError):
                total += os.lstat(os.path.join(place, name)).st_size
    return f"{total / 1024**2:.0f} MB" if total else ""
