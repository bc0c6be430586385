"""The virtual environment: locked packages, the OCA addons, and a path to Odoo's source."""

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from runtime import cache, debian, progress, project
from runtime.messages import Problem, step

PYTHON = (3, 11)
COMPLETE = "complete"
ODOO_COMMAND = """#!{python}
from odoo.cli import main

main()
"""


def locate(odoo: Path) -> Path:
    """Return the environment for the tree that holds ``odoo``, made when missing."""
    _check_python()
    content = [lock.read_bytes() for lock in project.LOCKS]
    key = cache.digest(sys.version, str(Path(sys.executable).resolve()), str(odoo), *content)
    path = cache.folder() / f"venv-{key}"
    with cache.lock("virtual environment"):
        # Not built elsewhere and renamed: its commands name their own folder. The mark says it is whole.
        if not (path / COMPLETE).exists():
            shutil.rmtree(path, ignore_errors=True)
            try:
                make(path, odoo)
            except BaseException:
                shutil.rmtree(path, ignore_errors=True)
                raise
    return path


def _check_python() -> None:
    found = sys.version_info[:2]
    if found != PYTHON:
        raise Problem(f"Python 3.11 is needed and this is {found[0]}.{found[1]}: run this with python3.11.")
    if importlib.util.find_spec("ensurepip") is None:
        debian.want({"python3-venv": "no virtual environment"})
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        raise Problem("Python's venv module is incomplete: install the package python3-venv.")


def make(path: Path, odoo: Path) -> None:
    """Make an environment in the folder: the locked packages and a path to the tree that holds ``odoo``."""
    cache.require_space(2 * 1024**3)
    with step("Installing Python packages"):
        _check([sys.executable, "-m", "venv", path], "The virtual environment could not be made")
        python = path / "bin" / "python"
        pip = [
            python,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
            "--no-deps",
            "--require-hashes",
        ]
        requirements = [part for lock in project.LOCKS for part in ("-r", lock)]
        with progress.showing(lambda: progress.size_of(path)):
            _check([*pip, *requirements], "The Python packages were not installed (check the network, run this again)")
        site = path / "lib" / f"python{PYTHON[0]}.{PYTHON[1]}" / "site-packages"
        (site / "odoo-tree.pth").write_text(f"{odoo}\n")
        command = path / "bin" / "odoo"
        command.write_text(ODOO_COMMAND.format(python=python))
        command.chmod(0o755)
        (path / COMPLETE).touch()


def _check(command: list, failure: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        reason = [line for line in result.stderr.splitlines() if line.startswith("ERROR")] or result.stderr.splitlines()
        raise Problem(f"{failure}: {reason[-1] if reason else 'no reason given'}")
