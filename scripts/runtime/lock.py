#!/usr/bin/env python3
"""Write the lock files: every Python package with its one version and the hashes of its files.

    scripts/runtime/lock.py            what is asked for anew is added; the other versions stay
    scripts/runtime/lock.py --upgrade  every version is chosen anew

`uv pip compile` chooses for Debian 12's own Python: a later 3.11 is offered packages that 3.11.2 is refused. This
machine's settings for pip and uv are left aside, since another machine does not have them.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
UV = "uv==0.13.9"
FOR = ("--python-version", "3.11.2", "--python-platform", "x86_64-manylinux_2_36")
HEADER = "# Made by scripts/runtime/lock.py from {source}; installed with `pip install --no-deps --require-hashes`.\n"
# By lock file: what it is made from, and how.
LOCKS = {
    "requirements.txt": ("requirements.in", ()),
    "requirements-addons.txt": ("requirements-addons.in", ("--no-deps",)),
    "requirements-production.txt": ("requirements-production.in", ("--no-deps", "--constraints", "requirements.txt")),
}


def environment() -> dict[str, str]:
    """Return the variables without what pip and uv are told on this machine."""
    settings = re.compile("(PIP|UV)_.*(INDEX|LINKS|CONSTRAINT)")
    kept = {name: value for name, value in os.environ.items() if not settings.match(name)}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"}


def write(uv: Path, lock: str, *options: str) -> int:
    """Write one lock file and return how many packages it names."""
    source, own = LOCKS[lock]
    command = [uv, "pip", "compile", "--quiet", "--generate-hashes", "--no-header", "--no-annotate", *FOR, *own]
    subprocess.run([*command, *options, source, "--output-file", lock], cwd=PROJECT, env=environment(), check=True)
    path = PROJECT / lock
    text = path.read_text(encoding="utf-8")
    path.write_text(HEADER.format(source=source) + text, encoding="utf-8")
    return len(re.findall("^[^ #]+==", text, re.M))


def main() -> None:
    """Write all lock files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upgrade", action="store_true", help="choose every version anew")
    options = ["--upgrade"] if parser.parse_args().upgrade else []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/pip", "install", "--quiet", "--disable-pip-version-check", UV]
        subprocess.run(pip, env=environment(), check=True)
        for lock in LOCKS:
            print(f"{lock}: {write(Path(folder, 'bin', 'uv'), lock, *options)} packages")


if __name__ == "__main__":
    main()
