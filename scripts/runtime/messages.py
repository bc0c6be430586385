"""How the scripts speak: short lines on standard error, one line when they give up.

Standard output stays free for what a script is asked for.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from runtime import processes

BOLD, RESET = ("\033[1m", "\033[0m") if sys.stderr.isatty() else ("", "")


class Problem(Exception):
    """Something the person at the keyboard has to know: what is wrong and what to do."""


def say(text: str) -> None:
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a piece of work and, when it is done, say how long it took."""
    say(f"{BOLD}▸ {text}{RESET}")
    begin = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - begin:.0f} s")


def _explain(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"No space left on the disk of {error.filename or 'the cache folder'}: free some, then run this again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename} cannot be written: choose another folder with RURAL_CACHE."
    return str(error)


def run(main: Callable[[], int | None]) -> None:
    """Run a script's main function; a problem becomes one line and exit code 2."""
    processes.stop_like_interrupt()
    try:
        code = main() or 0
    except Problem as problem:
        say(f"{BOLD}✗{RESET} {problem}")
        code = 2
    except OSError as error:
        if os.environ.get("RURAL_DEBUG"):
            raise
        say(f"{BOLD}✗{RESET} {_explain(error)}")
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
