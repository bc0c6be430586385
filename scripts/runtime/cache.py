"""The cache folder: everything slow is made once and kept here.

``RURAL_CACHE`` names the folder. Each thing in it carries in its name what it
was made from, so a change makes a new one beside the old.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.messages import Problem, say

SYSTEM_CACHE = Path("/var/cache/rural-commerce")
NEEDED_BYTES = 4 * 1024**3


def folder() -> Path:
    """Return the cache folder, made when missing.

    Root's default lies under ``/var/cache``, since PostgreSQL refuses to run as
    root and another account cannot reach into root's home.
    """
    named = os.environ.get("RURAL_CACHE")
    default = SYSTEM_CACHE if os.geteuid() == 0 else Path.home() / ".cache" / "rural-commerce"
    path = Path(named).expanduser().resolve() if named else default
    path.mkdir(parents=True, exist_ok=True)
    return path


def digest(*parts: str | bytes) -> str:
    """Return a short name for what the parts contain."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()[:12]


def digest_of_files(root: Path, *, skip: tuple[str, ...] = ("__pycache__",)) -> str:
    """Return a short name for the files below a folder: their names and what is in them."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not set(path.parts) & set(skip))
    return digest(*(part for path in files for part in (str(path.relative_to(root)), path.read_bytes())))


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Let one process at a time do the thing of that name; others wait and say so."""
    with (folder() / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  waiting for another run that prepares the {name} …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def require_space(needed: int = NEEDED_BYTES) -> None:
    """Raise when the disk of the cache folder is nearly full."""
    free = shutil.disk_usage(folder()).free
    if free < needed:
        raise Problem(
            f"{folder()} has {free / 1024**3:.1f} GiB free and {needed / 1024**3:.0f} are needed: "
            "free some space or choose another folder with RURAL_CACHE."
        )


def build(path: Path, make: Callable[[Path], None]) -> Path:
    """Return the folder ``path``, made by ``make`` in a sibling first and then renamed.

    Whatever interrupts ``make``, ``path`` is whole or absent.
    """
    if path.exists():
        return path
    draft = path.with_name(f".{path.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        make(draft)
        os.utime(draft)
        draft.rename(path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return path
