"""From the file to draft statements: this suite, PostgreSQL alone, and Odoo's own load().

scripts/bench [--lines N] [--rounds N]

PostgreSQL alone: COPY of the same rows into a table with the same columns and indexes, and one
aggregate by center, supplier and month, on the same server. Odoo's `load()`: a part of the same
rows into the same model. The three take turns. The median of the rounds counts; a ratio is made in each round,
because the speed of a machine changes from one to the next.

A first file brings its purchasers along, one for every fourth line; those of the files of later months
are known for the most part. Both are measured.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "main_job"))
from main_job_files import REASON
from orders import write_files

LOAD_PART = 1000


@contextmanager
def environment(database):
    """An environment whose work is committed."""
    with Registry(database).cursor() as cr:
        yield Environment(cr, SUPERUSER_ID, {"tz": "Asia/Shanghai"})


class Stopwatch:
    """Seconds of each measured thing, by round."""

    def __init__(self):
        self.seconds = {}

    @contextmanager
    def measure(self, name):
        """Add the time that the block takes."""
        start = time.perf_counter()
        yield
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)

    def median(self, name):
        """The median of the rounds, in seconds."""
        return statistics.median(self.seconds[name])

    def ratios(self, name, to):
        """How often `name` goes into `to`, in each round; from the lowest to the highest."""
        pairs = zip(self.seconds[name], self.seconds[to], strict=True)
        return sorted(other / seconds for seconds, other in pairs)


def prepare(database, folder, line_count):
    """Write the files and load all but the orders; the path of the orders."""
    with environment(database) as env:
        counties = env["rural.region"].search([("level", "=", "county"), ("code", "=like", "4%")])
        paths = write_files(folder, counties.mapped("code"), line_count)
        for profile in ("centers", "pool"):
            load(env, profile, paths[profile])
        director = env["res.users"].search([("login", "=", "director")])
        command = env["rural.command"].with_user(director)
        for kind in ("centers", "pool"):
            command._execute(["confirm", kind, "--reason", REASON])
    return paths["orders"]


def load(env, profile, path):
    """Load a file; it must be taken whole."""
    run = env["rural.load.run"]._load(profile, path.name, path.read_bytes())
    if run.state != "done" or run.rejected_count:
        sys.exit(f"{path.name} was not loaded: {run.error or run.issue_ids[:3].mapped('message')}")
    return run


#: What the measured part brings in, by table.
BROUGHT_IN = {
    "rural_statement": "state = 'draft'",
    "rural_order_line": "order_number LIKE 'BDD%'",
    "rural_load_ledger": "TRUE",
}
PURCHASERS = {"rural_purchaser": "code LIKE 'BCG%'"}


def clear(database, brought_in):
    """Take out what a round brought in, and the kept files: a new one would be compared with them."""
    with environment(database) as env:
        for attachment in env["rural.load.run"].search([]).attachment_id:
            Path(attachment._full_path(attachment.store_fname)).unlink(missing_ok=True)
    with Registry(database).cursor() as cr:
        cr._cnx.autocommit = True  # VACUUM is not for transactions
        for table, condition in brought_in.items():
            cr.execute(f"DELETE FROM {table} WHERE {condition}")
            # Not VACUUM FULL, which leaves the deleted rows while a transaction runs in any database.
            cr.execute(f"VACUUM (ANALYZE) {table}")
            cr.execute(f"REINDEX TABLE {table}")


def run_suite(database, orders, watch, name):
    """From the file to draft statements; the number of statements and the backend's memory."""
    with watch.measure(name), environment(database) as env:
        with watch.measure(f"{name}: file to judged lines"):
            load(env, "orders", orders)
        with watch.measure(f"{name}: draft statements"):
            drafts, _changed = env["rural.statement"]._prepare_drafts(env.company)
        env.cr.execute("SELECT pg_backend_pid()")
        return len(drafts), backend_memory(env.cr.fetchone()[0])


def backend_memory(pid):
    """Peak memory of a database process on this machine in MiB, or None."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) // 1024


def run_postgres(database, rows, watch):
    """COPY and aggregate, with nothing else around."""
    with environment(database) as env:
        env.cr.execute("DROP TABLE IF EXISTS bench_line")
        env.cr.execute("CREATE TABLE bench_line (LIKE rural_order_line INCLUDING ALL)")
    with watch.measure("postgres"), environment(database) as env:
        with watch.measure("postgres: COPY"), rows.open("rb") as stream:
            env.cr.copy_expert("COPY bench_line FROM STDIN", stream)
        with watch.measure("postgres: aggregate"):
            env.cr.execute(
                """SELECT center_id, supplier_id, completion_month, count(*), sum(net_amount), sum(fee)
                     FROM bench_line WHERE outcome = 'eligible' GROUP BY 1, 2, 3"""
            )
            env.cr.fetchall()


def run_load(database, watch):
    """Odoo's load() of a part of the rows into the same model, rolled back."""
    with environment(database) as env:
        lines = env["rural.order.line"].search([], limit=LOAD_PART)
        stored = [name for name, field in lines._fields.items() if field.store and name != "id"]
        heads = [f"{name}/.id" if lines._fields[name].type == "many2one" else name for name in stored]
        rows = [
            [cell.id if isinstance(cell, type(env["base"])) else cell for cell in map(line.__getitem__, stored)]
            for line in lines
        ]
        rows = [[str(getattr(cell, "id", cell) or "") if cell is not False else "" for cell in row] for row in rows]
        number = stored.index("order_number")
        for row in rows:
            row[number] = f"X{row[number]}"
        with watch.measure("load"):
            result = env["rural.order.line"].load(heads, rows)
        if not result["ids"]:
            sys.exit(f"load() refused: {result['messages'][:2]}")
        env.cr.rollback()


def copy_out(database, path):
    """Write the loaded lines as COPY writes them."""
    with environment(database) as env, path.open("wb") as stream:
        env.cr.copy_expert("COPY rural_order_line TO STDOUT", stream)


def main():
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    database = os.environ["RURAL_DATABASE"]
    config.parse_config(["-d", database, "--no-http", "--log-level=error"], setup_logging=True)
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        orders = prepare(database, folder, arguments.lines)
        rows = folder / "rows.copy"
        for _round in range(arguments.rounds):
            clear(database, BROUGHT_IN | PURCHASERS)
            run_suite(database, orders, watch, "first file")
            clear(database, BROUGHT_IN)
            statements, memory = run_suite(database, orders, watch, "later file")
            copy_out(database, rows)
            run_postgres(database, rows, watch)
            run_load(database, watch)
        print_table(watch, arguments, statements, memory)


def print_table(watch, arguments, statements, memory):
    """The figures of this run."""
    lines, part = arguments.lines, watch.median("load")
    print(f"{lines} order lines, {statements} draft statements, median of {arguments.rounds} rounds\n")
    print(f"{'':44}{'seconds':>9}{'lines/s':>10}{'ratio':>8}   of the rounds")

    def row(title, name, compared=False):
        seconds = watch.median(name)
        shown = ""
        if compared:
            ratios = watch.ratios(name, "postgres")
            shown = f"{statistics.median(ratios):8.2f}   {ratios[0]:.2f} to {ratios[-1]:.2f}"
        print(f"{title:44}{seconds:9.2f}{lines / seconds:10.0f}{shown}")

    for name in ("first file", "later file"):
        row(f"this suite, {name}, to draft statements", name, compared=True)
        row("  file to judged lines", f"{name}: file to judged lines")
        row("  draft statements", f"{name}: draft statements")
    row("PostgreSQL alone", "postgres")
    row("  COPY", "postgres: COPY")
    row("  aggregate", "postgres: aggregate")
    speed = LOAD_PART / part
    title = f"Odoo's load(), {LOAD_PART} lines"
    print(f"{title:44}{part:9.2f}{speed:10.0f}{speed * watch.median('postgres') / lines:8.3f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak memory: Odoo process {peak} MiB, its database process {memory or '?'} MiB")


if __name__ == "__main__":
    main()
