"""Odoo's source: a tree that ``RURAL_ODOO`` names, or Debian's package, unpacked.

The package leaves fonts and JavaScript libraries to other packages and links
to their files; they are unpacked beside it, so the links lead somewhere.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from runtime import cache, debian, progress
from runtime.messages import Problem, say, step

PACKAGE = "odoo-19"
SERIES = "19.0"
SUITE = "unstable"
LIBRARIES = (
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
# Odoo's links name the files of these packages' older versions, which the stable release still has.
OLDER_LIBRARIES = ("fonts-font-awesome", "fonts-inconsolata")
SITE = Path("usr/lib/python3/dist-packages")
# Left out of Debian's package for its licence; the web client only asks that the file exists.
SELFIE_SEGMENTATION = Path("odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js")


def locate() -> Path:
    """Return the folder that holds the ``odoo`` package, downloading it when needed."""
    named = os.environ.get("RURAL_ODOO")
    if named:
        return _named_tree(Path(named).expanduser().resolve())
    with cache.lock("Odoo tree"):
        trees = sorted(cache.folder().glob(f"odoo-{SERIES}*"), key=lambda path: path.stat().st_mtime)
        return (trees[-1] if trees else _download()) / SITE


def _named_tree(path: Path) -> Path:
    release = path / "odoo" / "release.py"
    if not release.exists():
        raise Problem(f"RURAL_ODOO names {path}, which holds no odoo/release.py: name an Odoo 19 source tree.")
    if not re.search(r"version_info = \(19, 0,", release.read_text()):
        raise Problem(f"RURAL_ODOO names {path}, which is not Odoo 19.0.")
    return path


def _download() -> Path:
    cache.require_space()
    with step(f"Downloading Odoo {SERIES} from Debian {SUITE}"):
        apt = debian.Apt(cache.folder() / "apt", [SUITE, debian.codename()])
        with progress.showing(lambda: progress.size_of(apt.folder / "packages")):
            version, files = _fetch(apt)
    with step(f"Unpacking Odoo {version}"):
        name = re.sub(r"[^\w.+~-]", "_", version)
        return cache.build(cache.folder() / f"odoo-{name}", lambda draft: _unpack(files, draft))


def _fetch(apt: debian.Apt) -> tuple[str, list[Path]]:
    libraries = [f"{name}/{SUITE}" for name in LIBRARIES] + [f"{name}/{debian.codename()}" for name in OLDER_LIBRARIES]
    if not apt.update():
        return _kept(apt, libraries)
    version = next((each for each in apt.candidates(PACKAGE) if each.startswith(SERIES)), None)
    if not version:
        raise Problem(f"Debian {SUITE} offers no {PACKAGE} {SERIES}: set RURAL_ODOO to an Odoo 19 source tree.")
    say(f"  {PACKAGE} {version}")
    return version, [apt.download(package) for package in (f"{PACKAGE}={version}", *libraries)]


def _kept(apt: debian.Apt, libraries: list[str]) -> tuple[str, list[Path]]:
    files = [apt.kept(package) for package in (PACKAGE, *libraries)]
    if None in files:
        raise Problem("The Debian archive cannot be read: check the network and apt's settings, then run this again.")
    version = files[0].name.split("_")[1]
    say(f"  the Debian archive cannot be read; {PACKAGE} {version} was kept from an earlier run")
    return version, files


def _unpack(files: list[Path], draft: Path) -> None:
    for file in files:
        debian.unpack(file, draft)
    site = draft / SITE
    # A second, partial copy of the addons (Python files only) that Odoo would take for an addons folder.
    shutil.rmtree(site / "addons", ignore_errors=True)
    segmentation = site / SELFIE_SEGMENTATION
    segmentation.parent.mkdir(parents=True, exist_ok=True)
    segmentation.touch()
    for link in broken_links(site):
        say(f"  a link leads nowhere: {link.relative_to(site)} → {os.readlink(link)}")


def broken_links(folder: Path) -> Iterator[Path]:
    """Yield the symbolic links below a folder that lead nowhere."""
    return (path for path in folder.rglob("*") if path.is_symlink() and not path.exists())
