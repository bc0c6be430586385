"""The embedded server: made once, shared by several runs, stopped by the last."""

import subprocess
import sys
import textwrap

PROGRAM = """
    import subprocess, sys
    from pathlib import Path
    from runtime.postgres import EmbeddedServer

    first, second = EmbeddedServer(Path(sys.prefix)), EmbeddedServer(Path(sys.prefix))
    with first.in_use():
        psql = [first.programs / "psql", "-XAtq", "-d", "postgres", "-c"]
        facts = "SELECT current_user, current_setting('jit'), current_setting('listen_addresses') = ''"
        print(subprocess.check_output([*psql, facts], env=first.variables(), text=True).strip())
        with second.in_use():
            pass
        print(first.is_running())
    print(first.is_running())
"""


def test_server_is_shared_and_stopped_by_the_last_user(script, empty_cache):
    result = script(sys.executable, "-c", textwrap.dedent(PROGRAM))
    assert result.stdout.splitlines() == ["odoo|off|t", "True", "False"], result.stderr
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(empty_cache) not in processes


def test_folder_closed_to_the_server_is_said(script, empty_cache):
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from runtime import messages, postgres

        def main():
            with postgres.EmbeddedServer(Path(sys.prefix)).in_use():
                print("running")

        messages.run(main)
    """)
    (empty_cache / "closed").mkdir(mode=0o700)
    result = script(sys.executable, "-c", program, RURAL_CACHE=str(empty_cache / "closed" / "cache"))
    told = "is closed to other accounts" in result.stderr and result.returncode == 2
    assert told or result.stdout == "running\n", result.stderr
