"""Waiting for a program while signals come in.

A program in our own terminal session hears Ctrl-C itself. One in a session of
its own does not, and neither hears what is sent to us alone: that is passed on.
"""

import signal
import subprocess
from types import FrameType

STOPPING = (signal.SIGTERM, signal.SIGHUP)
STOP_SECONDS = 30


def wait(process: subprocess.Popen, *, forward_interrupt: bool) -> int:
    """Wait for a program and return its exit code; raise KeyboardInterrupt when Ctrl-C ended it."""
    interrupted = False

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        if forward_interrupt:
            process.send_signal(signal.SIGINT)

    def on_stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        process.terminate()

    before = {number: signal.signal(number, on_stop) for number in STOPPING}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, on_interrupt)
    try:
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if interrupted:
        raise KeyboardInterrupt
    return code


def stop(process: subprocess.Popen) -> None:
    """End a program that may still run, at first politely."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stop_like_interrupt() -> None:
    """Let a termination end this script as Ctrl-C does: what it started is stopped."""
    for number in STOPPING:
        signal.signal(number, signal.default_int_handler)
