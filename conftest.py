"""What every test stands on: each worker has a database, files and a log of its own, and the log stays clean."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from runtime.odoo_log import complaints_in

# A machine at work takes its time for an example.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    """Lead a worker to what `scripts/test` has made for it; left alone, pytest-odoo lets workers share their files."""
    worker = os.environ.pop("PYTEST_XDIST_WORKER", None)
    if worker:
        database = config.option.odoo_database
        own = f"{database}-{worker}"
        config.option.odoo_database = own
        config.option.odoo_extra = [option.replace(database, own) for option in config.option.odoo_extra]
        for variable in ("RURAL_DATABASE", "RURAL_TEST_LOG"):
            os.environ[variable] = os.environ[variable].replace(database, own)
    return (yield)


class ByFolder(LoadScopeScheduling):
    """A worker takes a folder of `tests`, whose tests share what is slow to make, or a class of an addon."""

    def _split_scope(self, nodeid: str) -> str:
        path = Path(nodeid.split("::")[0])
        return super()._split_scope(nodeid) if path.parts[0] == "addons" else str(path.parent)


def pytest_xdist_make_scheduler(config, log):
    """Say who does what."""
    return ByFolder(config, log)


@pytest.fixture(scope="session", autouse=True)
def clean_log() -> Iterator[None]:
    """Odoo's log of this process, without a warning or an error at the end."""
    yield
    path = os.environ.get("RURAL_TEST_LOG")
    found = complaints_in(Path(path)) if path else []
    assert not found, "\n".join([f"{len(found)} complaints in {path}:", *found])
