"""Two people at once, each in a session of the own."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

SCRIPT = Path(__file__).parent / "take_step_at_once.py"
PATIENCE = 300


class Step(NamedTuple):
    """Who takes which step of which record ("model,id"), after having looked at some of its fields."""

    login: str
    record: str
    method: str
    arguments: list = []
    looks_at: list[str] = ["state"]


@pytest.fixture
def take_at_once(tmp_path):
    """Return a function that lets people take their steps at once; what each is told, `done` if it was taken."""

    def take(database, *steps: tuple) -> list[str]:
        ready = database.databases.ready
        command = ready.odoo_command("shell", "-d", database.name, "--no-http", "--shell-interface=python")
        logs = [tmp_path / f"session-{number}.log" for number in range(len(steps))]
        processes = []
        for step, log in zip(steps, logs, strict=True):
            told = {**Step(*step)._asdict(), "meeting": str(tmp_path), "name": log.stem, "people": len(steps)}
            with SCRIPT.open() as source, log.open("w") as output:
                environment = ready.environ(RURAL_STEP=json.dumps(told))
                processes.append(subprocess.Popen(command, env=environment, stdin=source, stdout=output, stderr=output))
        for process in processes:
            process.wait(timeout=PATIENCE)
        results = [log.with_suffix(".result") for log in logs]
        assert all(result.exists() for result in results), "".join(log.read_text()[-3000:] for log in logs)
        return [result.read_text() for result in results]

    return take
