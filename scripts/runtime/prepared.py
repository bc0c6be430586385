"""A runtime that is ready: Odoo's source, its Python, its configuration and a running server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from runtime import environment, odoo_config, odoo_tree, postgres, processes, project


@dataclass(frozen=True)
class Runtime:
    """What is needed to run Odoo, its tests, or a program that uses its database."""

    odoo: Path
    venv: Path
    config: Path
    variables: dict[str, str]
    server_lock: IO | None

    def program(self, name: str) -> Path:
        """Return the path of a command that the environment brings."""
        return self.venv / "bin" / name

    @property
    def psql(self) -> Path:
        """Return the path of PostgreSQL's command-line client."""
        return postgres.programs(self.venv) / "psql"

    def odoo_command(self, *arguments: str) -> list[str]:
        """Return a command line of Odoo's own, with the suite's addons known before its subcommand."""
        command = [str(self.program("odoo"))]
        if project.suite_addons():
            command.append(f"--addons-path={project.ADDONS}")
        return [*command, *arguments]

    def environ(self, **more: str) -> dict[str, str]:
        """Return the variables for a program in this runtime."""
        path = f"{self.venv / 'bin'}{os.pathsep}{self.variables.get('PATH', os.environ.get('PATH', os.defpath))}"
        names = {"ODOO_RC": str(self.config), "VIRTUAL_ENV": str(self.venv), **self.variables, "PATH": path}
        return {**os.environ, **names, **more}

    def start(self, command: list, **options) -> subprocess.Popen:
        """Start a program that keeps the database server running for as long as it lives."""
        options.setdefault("env", self.environ())
        locks = () if self.server_lock is None else (self.server_lock.fileno(),)
        return subprocess.Popen([str(part) for part in command], pass_fds=locks, **options)

    def run(self, command: list, **options) -> int:
        """Run a program to its end and return its exit code; raise KeyboardInterrupt when it was interrupted."""
        alone = "stdin" in options or not sys.stdin.isatty()
        process = self.start(command, start_new_session=alone, **options)
        return processes.wait(process, forward_interrupt=alone)


@contextmanager
def runtime() -> Iterator[Runtime]:
    """Prepare whatever is missing and give a runtime; let go of the server at the end."""
    odoo = odoo_tree.locate()
    venv = environment.locate(odoo)
    with postgres.server(venv) as (variables, lock):
        yield Runtime(odoo, venv, odoo_config.write(), variables, lock)
