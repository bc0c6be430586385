#!/usr/bin/env python3
"""Write requirements.txt from requirements.in: every package with the one version pip chose.

    scripts/runtime/lock.py

pip resolves in dry-run mode, so nothing is installed and the packages already
in use do not matter. It does so for Debian 12's own Python where there is one:
a later 3.11 is offered packages that 3.11.2 is refused. This machine's pip
settings are left aside, since another machine does not have them.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DEBIAN_PYTHON = Path("/usr/bin/python3.11")
EXTRA_SOURCES = ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_INDEX_URL")
HEADER = "# Made by scripts/runtime/lock.py from requirements.in; installed with `pip install --no-deps`.\n"


def resolve(requirements: Path) -> list[str]:
    """Return the lines `name==version` that satisfy the requirements file, sorted by name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run([DEBIAN_PYTHON if DEBIAN_PYTHON.exists() else sys.executable, "-m", "venv", folder], check=True)
        command = [f"{folder}/bin/pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        environment = {name: value for name, value in os.environ.items() if name not in EXTRA_SOURCES}
        environment["PIP_CONFIG_FILE"] = os.devnull
        subprocess.run([*command, "--report", report, "-r", requirements], env=environment, check=True)
        installed = json.loads(report.read_text())["install"]
    names = (f"{entry['metadata']['name']}=={entry['metadata']['version']}" for entry in installed)
    return sorted(names, key=str.lower)


def main() -> None:
    """Resolve and write the lock file."""
    lines = resolve(PROJECT / "requirements.in")
    (PROJECT / "requirements.txt").write_text(HEADER + "\n".join(lines) + "\n")
    print(f"requirements.txt: {len(lines)} packages")


if __name__ == "__main__":
    main()
