"""Every addon is a package: Odoo installs the suite from wheels, in an environment that knows no addons folder.

Slow: making the environment (a minute) and installing into a database (half a minute). The database
starts as a copy of the one with everything that the suite stands on, which other tests need as well.
"""

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

import pytest

from runtime import addons, environment, project
from runtime.database import Databases
from runtime.odoo_log import complaints_in
from runtime.prepared import Runtime, runtime


def tops() -> list[str]:
    """Return the addons on which no other addon of the suite stands."""
    suite = project.suite_addons()
    below = {name for addon in suite for name in project.manifest(addon)["depends"]}
    return [addon for addon in suite if addon not in below]


def committed(addon: str) -> list[str]:
    """Return the addon's files that git knows; what is not committed yet does not come into a wheel."""
    command = ["git", "ls-files", "-z", "--", addon]
    return subprocess.run(command, cwd=project.ADDONS, capture_output=True, text=True, check=True).stdout.split("\0")[
        :-1
    ]


@pytest.fixture(scope="module")
def ready() -> Iterator[Runtime]:
    """Return the development runtime."""
    with runtime() as prepared:
        yield prepared


@pytest.fixture(scope="module")
def wheels(ready, tmp_path_factory) -> dict[str, Path]:
    """Return the wheel of each addon."""
    folder = tmp_path_factory.mktemp("wheels")
    pip = [ready.program("python"), "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    sources = [project.ADDONS / name for name in project.suite_addons()]
    command = [*pip, "--no-build-isolation", "--no-deps", "--wheel-dir", folder, *sources]
    subprocess.run(command, check=True, env=ready.environ())
    return {path.name.split("-")[0].removeprefix("odoo_addon_"): path for path in folder.glob("*.whl")}


@pytest.fixture(scope="module")
def clean(ready, wheels, tmp_path_factory) -> Iterator[Path]:
    """Return a new environment with the locked packages, the wheels and a path to Odoo."""
    path = tmp_path_factory.mktemp("clean") / "venv"
    environment.make(path, ready.odoo)
    pip = [path / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", *wheels.values()], check=True)
    yield path
    shutil.rmtree(path)  # pytest keeps the folders of its last runs, and this one is big


@pytest.fixture
def database(ready) -> Iterator[str]:
    """Return a database with what the suite stands on and nothing of the suite."""
    databases = Databases(ready)
    name = "rural-wheels"
    databases.drop(name)
    databases.copy(databases.ground(), name)
    yield name
    databases.drop(name)


def test_every_addon_becomes_a_wheel(wheels):
    assert sorted(wheels) == project.suite_addons()


@pytest.mark.parametrize("addon", project.suite_addons())
def test_wheel_holds_the_addon_whole(addon, wheels):
    wanted = {f"odoo/addons/{file}" for file in committed(addon) if Path(file).name != "pyproject.toml"}
    with zipfile.ZipFile(wheels[addon]) as wheel:
        assert wanted <= set(wheel.namelist())


@pytest.mark.parametrize("addon", project.suite_addons())
def test_wheel_says_who_made_it_and_what_it_needs(addon, wheels):
    with zipfile.ZipFile(wheels[addon]) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = HeaderParser().parsestr(wheel.read(name).decode())
    assert metadata["Author"] == "Rural Commerce contributors"
    assert metadata["License"] == "AGPL-3"
    assert metadata["Version"].startswith("19.0.")
    needed = " ".join(metadata.get_all("Requires-Dist"))
    for below in addons.closure([addon])[:-1]:
        if below in project.manifest(addon)["depends"]:
            assert f"odoo-addon-{below}" in needed


def test_whatever_a_wheel_asks_for_is_locked(clean):
    result = subprocess.run([clean / "bin" / "pip", "check"], capture_output=True, text=True, check=False)
    assert [line for line in result.stdout.splitlines() if line.startswith("odoo-addon-rural")] == []


def test_odoo_installs_the_suite_from_the_wheels(ready, clean, database, tmp_path):
    configuration = tmp_path / "odoo.conf"
    configuration.write_text(f"[options]\ndata_dir = {Databases(ready).filestore.parent}\nhttp_interface = 127.0.0.1\n")
    log = tmp_path / "log"
    options = ["--load=base,rpc,web", "--no-http", "--stop-after-init", f"--logfile={log}"]
    command = [clean / "bin" / "odoo", "-d", database, "-i", ",".join(tops()), *options]
    path = f"{clean / 'bin'}:{ready.environ()['PATH']}"
    code = ready.run(command, cwd=tmp_path, env=ready.environ(ODOO_RC=str(configuration), PATH=path))
    assert complaints_in(log) == []
    assert code == 0
    query = "SELECT name FROM ir_module_module WHERE state = 'installed' AND name LIKE 'rural%' ORDER BY name"
    assert Databases(ready).query(query, database) == project.suite_addons()
