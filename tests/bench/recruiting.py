"""A quarter of the merchant alliance: from the file of card transactions to bonuses and draft statements.

scripts/bench recruiting [--transactions N] [--merchants N] [--recruiters N]

PostgreSQL alone: COPY of the same rows into a table with the same columns and indexes, and the sum that bonuses need,
profit by merchant and month, on the same server. All figures are those of one run.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from odoo.fields import Command, Date
from odoo.tests import new_test_user
from odoo.tools import config

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import alliance
from settlement import backend_memory, environment

ROLES = {
    "officer": "rural_base.group_settlement_officer",
    "payroll": "payroll.group_payroll_user",
    "head": "rural_merchant.group_recruiting_head",
    "manager": "rural_merchant.group_general_manager",
}
MONTHS = tuple(alliance.FIRST_DAY.replace(month=month) for month in (4, 5, 6))
YEAR = alliance.FIRST_DAY.replace(month=1)


class Measured:
    """Seconds of each thing, in the order of its doing, and the peak memory of the database process."""

    def __init__(self, database):
        self.database = database
        self.seconds = {}
        self.memory = 0

    @contextmanager
    def step(self, name, login=None):
        """An environment of a user, whose work is committed; the time counts."""
        with environment(self.database) as env:
            if login:
                env = env(user=env["res.users"].search([("login", "=", f"bench_{login}")]))
            start = time.perf_counter()
            yield env
            env.flush_all()
            env.cr.commit()
            self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - start
            env.cr.execute("SELECT pg_backend_pid()")
            self.memory = max(self.memory, backend_memory(env.cr.fetchone()[0]) or 0)


def prepare(database, arguments, path):
    """Make a company with a user for each role, the alliance, and the file."""
    with environment(database) as env:
        from odoo.addons.rural_base.models.mail_thread import UNTRACKED

        china, yuan = env.ref("base.cn"), env.ref("base.CNY")
        company = env["res.company"].create({"name": "商家联盟", "country_id": china.id, "currency_id": yuan.id})
        env = env(context={**env.context, "allowed_company_ids": company.ids, "tracking_disable": UNTRACKED})
        for role, group in ROLES.items():
            companies = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
            new_test_user(env, f"bench_{role}", group, tz="Asia/Shanghai", **companies)
        recruiters = alliance.people(env, arguments.recruiters)
        alliance.write(env, recruiters, arguments.merchants, arguments.transactions, path)
    with environment(database) as env:
        env.cr.execute("ANALYZE")


def load(measured, path, name, profile="transactions"):
    """Load the file as the command does; it must be taken whole."""
    with measured.step(name, "officer") as env:
        run = env["rural.load.run"]._load(profile, path.name, path.read_bytes())
        if run.state != "done" or run.rejected_count:
            sys.exit(f"{path.name} was not loaded: {run.error or run.issue_ids[:3].mapped('message')}")


def pay(measured, kind, first, name):
    """Compute a run, review and approve it, each by who does it; the number of its lines."""
    with measured.step(name, "payroll") as env:
        run = env["rural.bonus.run"].create({"kind": kind, "date_from": first})
        run.action_compute()
    with measured.step("reviewed and approved", "head") as env:
        run.with_env(env).action_review()
    with measured.step("reviewed and approved", "manager") as env:
        # Of the year only the quarter's files are loaded.
        if run.with_env(env).missing_months:
            run.with_env(env)._approve_without_files("benchmark")
        else:
            run.with_env(env).action_approve()
        return len(run.with_env(env).line_ids)


def run_suite(measured, path):
    """From the file to approved bonuses and draft statements; what came of it, by name."""
    counts = {}
    load(measured, path, "load")
    load(measured, path, "load again")
    for month in MONTHS:
        counts[f"{month:%Y-%m}"] = pay(measured, "month", month, f"{month:%Y-%m}")
    counts["quarter"] = pay(measured, "quarter", alliance.FIRST_DAY, "quarter")
    counts["year"] = pay(measured, "year", YEAR, "year")
    with measured.step("statements", "officer") as env:
        counts["statements"] = len(env["rural.merchant.statement"]._prepare_drafts(env.company, alliance.LAST_DAY))
    return counts


def run_postgres(measured, rows):
    """COPY and aggregate, with nothing else around."""
    with environment(measured.database) as env:
        with rows.open("wb") as stream:
            env.cr.copy_expert("COPY (SELECT * FROM rural_card_transaction WHERE number LIKE 'BLS%') TO STDOUT", stream)
        env.cr.execute("CREATE TABLE bench_transaction (LIKE rural_card_transaction INCLUDING ALL)")
    with measured.step("COPY") as env, rows.open("rb") as stream:
        env.cr.copy_expert("COPY bench_transaction FROM STDIN", stream)
    for name, first, last in (
        ("sum of a month", MONTHS[0], Date.end_of(MONTHS[0], "month")),
        ("sum of the quarter", alliance.FIRST_DAY, alliance.LAST_DAY),
    ):
        with measured.step(name) as env:
            env.cr.execute(
                """SELECT merchant_id, month, count(*), sum(rebate) FROM bench_transaction
                    WHERE month BETWEEN %s AND %s GROUP BY 1, 2""",
                [first, last],
            )
            env.cr.fetchall()


def main():
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, default=1_000_000)
    parser.add_argument("--merchants", type=int, default=20_000)
    parser.add_argument("--recruiters", type=int, default=500)
    arguments = parser.parse_args()
    database = os.environ["RURAL_DATABASE"]
    config.parse_config(["-d", database, "--no-http", "--log-level=error"], setup_logging=True)
    measured = Measured(database)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "transactions.csv"
        prepare(database, arguments, path)
        counts = run_suite(measured, path)
        memory = measured.memory, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        run_postgres(measured, Path(folder) / "rows.copy")
    print_table(measured.seconds, arguments, counts, *memory)


def print_table(seconds, arguments, counts, database_memory, memory):
    """The figures of this run."""
    print(
        f"{arguments.transactions} card transactions of a quarter, {arguments.merchants} merchants, "
        f"{arguments.recruiters} recruiters\n"
    )
    print(f"{'':46}{'seconds':>9}{'lines/s':>10}{'ratio':>8}")

    def row(title, name, beside=None, count=arguments.transactions):
        speed = f"{count / seconds[name]:10.0f}" if count else f"{'':10}"
        ratio = f"{seconds[beside] / seconds[name]:8.2f}" if beside else ""
        print(f"{title:46}{seconds[name]:9.2f}{speed}{ratio}")

    row("this suite: the file loaded", "load", "COPY")
    row("  the same file again, nothing changes", "load again")
    for month in MONTHS:
        name = f"{month:%Y-%m}"
        row(f"  bonuses of {name}, {counts[name]} lines", name, "sum of a month", count=0)
    row(f"  bonuses of the quarter, {counts['quarter']} lines", "quarter", "sum of the quarter")
    row("  managers' year", "year", "sum of the quarter")
    row("  the five runs reviewed and approved", "reviewed and approved", count=0)
    row(f"  {counts['statements']} draft statements", "statements", "sum of the quarter")
    row("PostgreSQL alone: COPY", "COPY", "COPY")
    row("  profit by merchant, one month", "sum of a month", count=0)
    row("  profit by merchant and month", "sum of the quarter")
    print(f"\npeak memory: Odoo process {memory} MiB, its database process {database_memory or '?'} MiB")


if __name__ == "__main__":
    main()
