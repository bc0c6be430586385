"""What the tests of the runtime share: the scripts, run as a person would, with a cache of their own."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from runtime import postgres, project

SERVER = {*postgres.VARIABLES, "RURAL_ODOO", "VIRTUAL_ENV"}


@pytest.fixture
def empty_cache():
    """A cache folder that the database server's account can reach too."""
    folder = Path(tempfile.mkdtemp(prefix="rural-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def script(empty_cache):
    """Return a function that runs a program in the repository and returns how it went."""

    def run(*command, **variables):
        environment = {name: value for name, value in os.environ.items() if name not in SERVER}
        environment |= {"RURAL_CACHE": str(empty_cache), "PYTHONPATH": str(project.ROOT / "scripts"), **variables}
        return subprocess.run(
            command, cwd=project.ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run
