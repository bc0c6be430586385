"""Databases: made once as templates, then copied.

A template is keyed by what went into it. There are two kinds: the *ground*, with
the addons of Odoo and OCA that the suite stands on, and the *suite* on top of
it. A change in one of our addons makes a new suite on the same ground. The
ground serves every part of the suite, so it is made once for all.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from runtime import addons, cache, progress, project
from runtime.messages import Problem, step
from runtime.prepared import Runtime

COPY_SECONDS = 60
KEPT_TEMPLATES = 6
KEPT_LOG_SECONDS = 30 * 24 * 3600
LANGUAGE = "zh_CN"
INSIDE = Path(__file__).parent / "inside"


class Databases:
    """The databases of one server, and the files that belong to them."""

    def __init__(self, ready: Runtime) -> None:
        self.ready = ready
        self.logs = cache.folder() / "logs"
        self.logs.mkdir(exist_ok=True)
        self.filestore = cache.folder() / "odoo-data" / "filestore"
        self.used = cache.folder() / "templates"
        self.used.mkdir(exist_ok=True)
        self.kept = cache.folder() / "databases"
        self.kept.mkdir(exist_ok=True)

    def query(self, statement: str, database: str = "postgres") -> list[str]:
        """Run a statement and return its rows, one line each."""
        command = [self.ready.psql, "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
        result = subprocess.run(command, env=self.ready.environ(), capture_output=True, text=True, check=False)
        if result.returncode:
            raise Problem(f"The database server refuses: {result.stderr.strip()}")
        return result.stdout.splitlines()

    def exists(self, name: str) -> bool:
        """Tell whether there is a database of that name."""
        return bool(self.query(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def copy(self, source: str, name: str) -> None:
        """Make a database that equals another one, with its files."""
        for seconds_left in reversed(range(COPY_SECONDS)):
            try:
                self.query(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
                break
            except Problem as problem:
                # Another run looks into the template, or the server's housekeeping does.
                if "being accessed" not in str(problem) or not seconds_left:
                    raise
                time.sleep(1)
        if (self.filestore / source).exists():
            shutil.copytree(self.filestore / source, self.filestore / name, copy_function=os.link, dirs_exist_ok=True)

    def drop(self, name: str) -> None:
        """Remove a database and its files, if there is one."""
        # FORCE would need the right to end the server's own housekeeping there; without it the server sees to that.
        self.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND usename = current_user"
        )
        self.query(f'DROP DATABASE IF EXISTS "{name}"')
        shutil.rmtree(self.filestore / name, ignore_errors=True)

    def hurry(self, name: str) -> None:
        """Let a database that can be made anew not wait for the disk."""
        self.query(f'ALTER DATABASE "{name}" SET synchronous_commit TO off')

    def rename(self, source: str, name: str) -> None:
        """Give a database and its files another name."""
        self.query(f'ALTER DATABASE "{source}" RENAME TO "{name}"')
        if (self.filestore / source).exists():
            shutil.rmtree(self.filestore / name, ignore_errors=True)
            (self.filestore / source).rename(self.filestore / name)

    def log_of(self, template: str) -> Path:
        """Return the log that Odoo wrote while it made a template."""
        return self.logs / f"{template}.log"

    def template(self, names: list[str]) -> str:
        """Return the name of a database with these suite addons and demo data, made when missing."""
        suite = addons.closure(names)
        ground = self.ground()
        contents = [cache.digest_of_files(project.ADDONS / name) for name in suite]
        name = f"rural-suite-{cache.digest(ground, *suite, *contents)}"
        title = f"Installing {', '.join(suite)}"
        return self._make(name, title, lambda draft, log: self._install_suite(ground, draft, suite, log))

    def ground(self) -> str:
        """Return the name of a database with all that the suite stands on and nothing of it, made when missing."""
        foreign = addons.foreign_dependencies(project.suite_addons())
        scripts = [(INSIDE / script).read_bytes() for script in ("chinese.py", "chart.py")]
        made_from = [str(self.ready.odoo), project.OCA_LOCK.read_bytes(), *scripts, *foreign]
        name = f"rural-ground-{cache.digest(*made_from)}"
        title = f"Installing what the suite stands on ({', '.join(foreign)})"
        return self._make(name, title, lambda draft, log: self._install_ground(draft, foreign, log))

    def _make(self, name: str, title: str, fill: Callable[[str, Path], None]) -> str:
        with cache.lock(name):
            if not self.exists(name):
                self._trim()
                draft = f"{name}-new"
                self.drop(draft)
                with step(title):
                    self.log_of(name).unlink(missing_ok=True)
                    fill(draft, self.log_of(name))
                    self.rename(draft, name)
            (self.used / name).touch()
        return name

    def _trim(self) -> None:
        """Drop the templates that were not used for longest, and old logs."""
        for log in self.logs.glob("*.log"):
            if time.time() - log.stat().st_mtime > KEPT_LOG_SECONDS:
                log.unlink(missing_ok=True)
        stamps = sorted(self.used.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for stamp in stamps[KEPT_TEMPLATES:]:
            if time.time() - stamp.stat().st_mtime > 3600:
                self.drop(stamp.name)
                self.log_of(stamp.name).unlink(missing_ok=True)
                (cache.folder() / f"{stamp.name}.lock").unlink(missing_ok=True)
                stamp.unlink(missing_ok=True)

    def _install_ground(self, draft: str, foreign: list[str], log: Path) -> None:
        self.odoo(log, "db", "init", draft, "--with-demo", "--language", LANGUAGE)
        self.shell(log, draft, INSIDE / "chinese.py")
        if foreign:
            self.odoo(log, "-d", draft, "-i", ",".join(foreign), "--no-http", "--with-demo", "--stop-after-init")
        if "l10n_cn" in foreign:
            self.shell(log, draft, INSIDE / "chart.py")

    def _install_suite(self, ground: str, draft: str, suite: list[str], log: Path) -> None:
        self.copy(ground, draft)
        self.hurry(draft)
        shutil.copy(self.log_of(ground), log)
        self.odoo(log, "-d", draft, "-i", ",".join(suite), "--no-http", "--with-demo", "--stop-after-init")

    def bring_up_to_date(self, name: str, suite: list[str], prepare: Callable[[str], None]) -> bool:
        """Make a database that is kept, or update the addons that changed since; return whether anything was done.

        ``prepare`` is run once on a new database; when it fails, the database does not stay.
        """
        contents = {addon: cache.digest_of_files(project.ADDONS / addon) for addon in suite}
        with cache.lock(f"database {name}"):
            kept = self._kept(name)
            if kept == contents:
                return False
            if kept:
                self._update(
                    name,
                    [addon for addon in suite if kept.get(addon) not in (None, contents[addon])],
                    [addon for addon in suite if addon not in kept],
                )
            else:
                self._make_kept(name, suite, prepare)
            (self.kept / f"{name}.json").write_text(json.dumps(contents))
            return True

    def _kept(self, name: str) -> dict[str, str]:
        record = self.kept / f"{name}.json"
        if not self.exists(name):
            record.unlink(missing_ok=True)
            return {}
        if not record.exists():
            raise Problem(f"There is a database {name} that these scripts did not make: name another with --database.")
        return json.loads(record.read_text())

    def _make_kept(self, name: str, suite: list[str], prepare: Callable[[str], None]) -> None:
        template = self.template(suite)
        draft = f"{name}-new"
        self.drop(draft)
        with step(f"Making the database {name}"):
            self.copy(template, draft)
        try:
            prepare(draft)
            self.rename(draft, name)
        finally:
            self.drop(draft)

    def _update(self, name: str, changed: list[str], new: list[str]) -> None:
        log = self.logs / f"{name}-update.log"
        log.unlink(missing_ok=True)
        options = [part for flag, names in (("-u", changed), ("-i", new)) if names for part in (flag, ",".join(names))]
        with step(f"Updating {', '.join([*changed, *new])}"):
            self.odoo(log, "-d", name, *options, "--no-http", "--with-demo", "--stop-after-init")

    def odoo(self, log: Path, *arguments: str) -> None:
        """Run Odoo with its log appended to a file; raise when it fails."""
        with log.open("a") as handle, progress.showing(lambda: progress.modules_in(log)):
            code = self.ready.run(
                self.ready.odoo_command(*arguments), stdin=subprocess.DEVNULL, stdout=handle, stderr=handle
            )
        if code:
            raise Problem(f"Odoo failed; the end of {log}:\n{_tail(log)}")

    def shell(self, log: Path, database: str, script: Path, **variables: str) -> None:
        """Run a script inside a database."""
        command = self.ready.odoo_command("shell", "-d", database, "--no-http", "--shell-interface=python")
        with log.open("a") as handle, script.open() as source:
            environment = self.ready.environ(**variables)
            code = self.ready.run(command, stdin=source, stdout=handle, stderr=handle, env=environment)
        if code:
            raise Problem(f"{script.name} failed; the end of {log}:\n{_tail(log)}")


def _tail(log: Path, lines: int = 25) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
