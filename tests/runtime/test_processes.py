"""Whatever ends a script ends what it started, and a problem is one line."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

PARENT = """
    import subprocess, sys
    from runtime import messages, processes

    def main():
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        print(child.pid, flush=True)
        processes.wait(child, forward_interrupt=True)

    messages.run(main)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_the_child_too(number):
    command = [sys.executable, "-c", textwrap.dedent(PARENT)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="scripts")
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.send_signal(number)
    _, errors = parent.communicate(timeout=10)
    assert parent.returncode == 130
    assert errors == ""
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        ("messages.Problem('what is wrong: what to do')", "what is wrong: what to do"),
        ("OSError(28, 'No space left on device', '/x')", "No space left on the disk of /x"),
        ("PermissionError(13, 'denied', '/x')", "/x cannot be written: choose another folder with RURAL_CACHE"),
    ],
)
def test_problem_is_one_line(script, raised, message):
    program = f"from runtime import messages\ndef main(): raise {raised}\nmessages.run(main)"
    result = script(sys.executable, "-c", program)
    assert result.returncode == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
