"""Packages from Debian: unpacked into the cache, or installed where allowed.

The mirror is the one this machine's apt already uses. Lists and downloads of
the unpacked packages live in the cache folder, so the machine's own sources
stay as they are.
"""

import os
import shutil
import subprocess
from pathlib import Path

from runtime import cache
from runtime.messages import Problem, say, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def codename() -> str:
    """Return the name of this machine's Debian release, such as bookworm."""
    lines = Path("/etc/os-release").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return values.get("VERSION_CODENAME", "").strip('"')


def mirror() -> str:
    """Return the address of the Debian archive that this machine's apt reads."""
    if not shutil.which("apt-get"):
        raise Problem("There is no apt here to fetch Odoo with: set RURAL_ODOO to an Odoo 19 source tree.")
    command = ["apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)"]
    targets = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    for target in targets:
        release, component, address = target.split(maxsplit=2)
        if release == codename() and component == "main":
            return address
    raise Problem("apt names no Debian archive for this release: see /etc/apt/sources.list.d, or set RURAL_ODOO.")


class Apt:
    """An apt of our own: its sources, lists and downloads lie in one folder."""

    def __init__(self, folder: Path, suites: list[str]) -> None:
        self.folder = folder
        if not KEYRING.exists():
            raise Problem("Debian's archive keys are missing: install the package debian-archive-keyring.")
        for name in ("lists/partial", "cache/archives/partial", "packages"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        address = mirror()
        lines = [f"deb [signed-by={KEYRING}] {address} {suite} main\n" for suite in suites]
        (folder / "sources.list").write_text("".join(lines))

    def _run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess:
        settings = {
            "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
            "APT::Update::Error-Mode": "any",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Dir::Cache": str(self.folder / "cache"),
            "Dir::Etc::sourcelist": str(self.folder / "sources.list"),
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::lists": str(self.folder / "lists"),
        }
        options = [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]
        return subprocess.run(
            [tool, *options, "--quiet", *arguments],
            cwd=self.folder / "packages",
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )

    def update(self) -> bool:
        """Read the archive's lists anew; return whether that worked."""
        result = self._run("apt-get", "update")
        return result.returncode == 0

    def candidates(self, package: str) -> list[str]:
        """Return the versions of a package that the archive offers, newest first."""
        lines = self._run("apt-cache", "madison", package).stdout.splitlines()
        return [line.split("|")[1].strip() for line in lines]

    def download(self, package: str) -> Path | None:
        """Return the file of ``name``, ``name=version`` or ``name/suite``, downloaded and checked by apt."""
        result = self._run("apt-get", "download", package)
        if result.returncode:
            reason = result.stderr.strip().splitlines()[-1:] or ["no reason given"]
            raise Problem(f"{package} was not downloaded ({reason[0]}): check the network and run this again.")
        return self.kept(package)

    def kept(self, package: str) -> Path | None:
        """Return the file of a package that was downloaded before, if any; the newest when no version is named."""
        name, _, version = package.split("/")[0].partition("=")
        files = self.folder.glob(f"packages/{name}_{version.replace(':', '%3a') or '*'}_*.deb")
        return max(files, key=lambda path: path.stat().st_mtime, default=None)


def unpack(package: Path, folder: Path) -> None:
    """Unpack a package's files into a folder; nothing of it is run."""
    result = subprocess.run(["dpkg-deb", "-x", package, folder], capture_output=True, text=True, check=False)
    if result.returncode:
        package.unlink(missing_ok=True)
        if "No space left" in result.stderr:
            raise Problem(f"No space left on the disk of {folder}: free some, then run this again.")
        raise Problem(f"{package.name} is broken and was removed: run this again to download it anew.")


def is_installed(package: str) -> bool:
    """Tell whether a package is installed on this machine."""
    command = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout == "installed"


def want(packages: dict[str, str]) -> None:
    """Install the missing ones of the packages, or say which to ask for.

    The values say what does not work without the package. Only root can
    install; others read what to ask for, and the run goes on.
    """
    missing = [name for name in packages if not is_installed(name)]
    if not missing:
        return
    if os.geteuid() == 0 and _install(missing):
        return
    lost = "; ".join(f"without {name}: {packages[name]}" for name in missing)
    say(f"  ask an administrator for: apt-get install {' '.join(missing)} ({lost})")


def _install(packages: list[str]) -> bool:
    with step(f"Installing {', '.join(packages)}"), cache.lock("system packages"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "-qq", "install", "--no-install-recommends", "--yes", *packages]
        for arguments in (["apt-get", "-qq", "update"], command):
            result = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            say("  " + (result.stderr.strip().splitlines() or ["apt-get failed"])[-1])
        return result.returncode == 0
